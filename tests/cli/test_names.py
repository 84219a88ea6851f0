# list, show, schema


def test_list_names_every_type_under_its_module(run: Run) -> None:
    expected: list[str] = []
    for module in sorted(set(HOMES.values())):
        names = [name for name in NAMES if HOMES[name] == module]
        expected.append(f"{module} ({len(names)})")
        expected += [f"  {name}" if name in CLASSES else f"  {name} (alias)" for name in names]
    expected.append(f"{len(CLASSES)} classes, {len(NAMES) - len(CLASSES)} aliases")
    assert run("list") == (0, expected, "")


def test_show_tells_the_fields_of_a_class(run: Run) -> None:
    assert run("show", "RealtimeServerEventError") == (
        0,
        [
            "RealtimeServerEventError",
            (
                "  Sent by the server when something fails, through your doing or its own."
                " The session usually"
            ),
            "  goes on, so log these events.",
            "",
            "  event_id: string",
            "      ID of this event.",
            "",
            '  type: "error"',
            "      Always `error`.",
            "",
            "  error: RealtimeBetaServerEventErrorError",
            "      What went wrong.",
        ],
        "",
    )


def test_show_tells_what_an_alias_stands_for(run: Run) -> None:
    assert run("show", "ResponsePromptVariables") == (
        0,
        [
            "ResponsePromptVariables",
            (
                "  Values for the variables of a prompt template, by variable name;"
                " null if it has none."
            ),
            "",
            "  object of (string | InputTextContent | InputImageContent | InputFileContent) | null",
        ],
        "",
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("RealtimeAudioFormatsPCM", '  type: "audio/pcm" (optional)'),
        ("RealtimeAudioFormatsPCM", "  rate: 24000 (optional)"),
        ("MCPTool", "  headers: object of (string) | null (optional)"),
        ("MCPTool", "  allowed_tools: array of (string) | MCPToolFilter | null (optional)"),
        ("Prompt", "  version: string | null (optional)"),
        ("RealtimeSessionCreateResponse", '  max_output_tokens: integer | "inf" (optional)'),
        ("RealtimeSessionCreateResponse", "  speed: number (optional)"),
        ("RealtimeFunctionTool", "  parameters: object (optional)"),
    ],
)
def test_show_tells_what_a_field_may_be(run: Run, name: str, line: str) -> None:
    assert line in run("show", name)[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_type_and_every_field_is_described(name: str) -> None:
    model = as_model(find(name))
    if model is None:
        assert docs.alias_doc(name)
    else:
        assert docs.model_doc(model)
        described = {field for field, doc in docs.field_docs(model).items() if doc}
        assert described == set(model.__dataclass_fields__)


@pytest.fixture
def without_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def getsource(module: object) -> str:
        raise OSError("could not get source code")

    monkeypatch.setattr("inspect.getsource", getsource)
    monkeypatch.setattr(docs, "_docs", docs._read_docs)  # which remembers nothing


@pytest.mark.usefixtures("without_source")
def test_without_source_only_the_words_for_fields_are_missing(run: Run) -> None:
    assert run("show", "RealtimeServerEventError") == (
        0,
        [
            "RealtimeServerEventError",
            "  Sent by the server when something fails, through your doing or its own."  # noqa: ISC004
            " The session usually",
            "  goes on, so log these events.",
            "",
            "  event_id: string",
            "",
            '  type: "error"',
            "",
            "  error: RealtimeBetaServerEventErrorError",
        ],
        "",
    )
    schema: Any = json_schema("CustomVoice")
    assert schema["$defs"]["CustomVoice"]["properties"]["id"]["description"] == ""


def test_schema_prints_a_json_schema(run: Run) -> None:
    status, out, err = run("schema", "CustomVoice")
    assert (status, err) == (0, "")
    assert out[:2] == ["{", '  "$schema": "https://json-schema.org/draft/2020-12/schema",']
    assert json.loads("\n".join(out)) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CustomVoice",
        "description": "Refers to a voice of your own.",
        "$ref": "#/$defs/CustomVoice",
        "$defs": {
            "CustomVoice": {
                "type": "object",
                "description": "Refers to a voice of your own.",
                "properties": {
                    "id": {
                        "type": "string",
                        "description": "ID of the voice, starting with `voice_`.",
                    }
                },
                "required": ["id"],
            }
        },
    }


def test_limits_stand_in_the_json_schema() -> None:
    definitions: Any = json_schema("RealtimeSessionCreateRequestGA")["$defs"]
    assert definitions["RealtimeTruncationRetentionRatio"]["properties"]["retention_ratio"] == {
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "description": docs.field_docs(rm.RealtimeTruncationRetentionRatio)["retention_ratio"],
    }
    tool = definitions["MCPTool"]["properties"]
    assert tool["tunnel_id"]["pattern"] == "^tunnel_[a-z0-9]{32}$"
    assert tool["allowed_callers"]["anyOf"][0]["minItems"] == 1


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: str(path.stem))
def test_an_example_is_valid_under_the_printed_schema(run: Run, path: Path) -> None:
    _, out, _ = run("schema", TYPES[path.stem])
    schema = json.loads("\n".join(out))
    Draft202012Validator(schema).validate(json.loads(path.read_text("utf-8")))


@cache
def printed(name: str) -> Draft202012Validator:
    """What the printed JSON Schema accepts, once it is proven to be one."""
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_the_printed_schema_is_the_exact_one_but_for_newer_fields(
    name: str, data: st.DataObject
) -> None:
    value = data.draw(instances(name) | mutated(name))
    codes = {problem.code for problem in rm.check(name, value)}
    if codes <= {"unknown_field"} or validator(name, "exact").is_valid(value):
        assert printed(name).is_valid(value)
    # An object that is no variant for want of its tag may still have all that the schema asks for.
    if codes - {"unknown_field", "unknown_variant"}:
        assert not printed(name).is_valid(value)


@pytest.mark.parametrize("command", ["show", "schema"])
def test_an_unknown_name_is_answered_with_names_that_are_like_it(run: Run, command: str) -> None:
    assert run(command, "Nonsense") == (2, [], "no type is called Nonsense\n")
    assert run(command, "realtime_truncation_to_dict")[0] == 2
    status, out, err = run(command, "RealtimeTruncatio")
    assert (status, out) == (2, [])
    assert err.startswith("no type is called RealtimeTruncatio; is it RealtimeTruncation or ")
