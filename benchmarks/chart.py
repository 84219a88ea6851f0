def chart(results): return ""
