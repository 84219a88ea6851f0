"""The programs of ``examples/bulk``, on a cluster, in a tox environment of their own."""
