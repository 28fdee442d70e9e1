"""CKAN's action API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from eugraph.server.harvest.solr_query import SolrQueryError, read_query


def act(client: FlaskClient, name: str, **arguments: object) -> Any:  # noqa: ANN401
    in_query = {
        name: json.dumps(value) if isinstance(value, list) else value
        for name, value in arguments.items()
    }
    asked = client.get(f"/api/3/action/{name}", query_string=in_query)
    posted = client.post(f"/api/3/action/{name}", json=arguments)
    assert asked.json == posted.json
    assert asked.status_code == posted.status_code
    assert asked.json is not None
    assert asked.json["success"] == (asked.status_code == 200)
    return asked.json.get("result", asked.json.get("error"))


def test_a_package_is_the_dataset_with_its_files(client: FlaskClient) -> None:
    assert act(client, "package_list") == ["eugraph"]
    assert act(client, "package_show", id="eugraph-1")["name"] == "eugraph-1"
    package = act(client, "package_show", id="eugraph")
    assert act(client, "package_show", id=package["id"]) == package
    assert package["license_id"] == "CC-BY-4.0"
    assert package["license_title"] == "CC BY 4.0"
    assert package["isopen"] is True
    assert package["license_id"] in {each["id"] for each in act(client, "license_list")}
    assert package["num_resources"] == len(package["resources"]) == 45
    for resource in package["resources"]:
        path = resource["url"].removeprefix("http://127.0.0.1:8000")
        with client.head(path) as answer:
            assert answer.content_length == resource["size"]
    extras = {extra["key"]: extra["value"] for extra in package["extras"]}
    assert extras["uri"] == "http://127.0.0.1:8000/catalog#dataset"


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ({}, ["eugraph"]),
        ({"q": "*:*"}, ["eugraph"]),
        ({"q": "projekti relīzēs"}, ["eugraph"]),
        ({"q": "laidiens"}, []),
        ({"q": "fish"}, []),
        ({"fq": "organization:eugraph"}, ["eugraph"]),
        ({"fq": "+organization:other"}, []),
        ({"fq": "-name:eugraph"}, []),
        ({"fq": 'res_format:"CSV"', "rows": 1, "start": 1}, []),
        ({"rows": 0}, []),
        ({"sort": "name desc"}, ["eugraph"]),
        # as ckanext-harvest asks for what changed since the harvest before
        (
            {
                "fq": "metadata_modified:[2020-05-01T10:00:00Z TO *]",
                "sort": "id asc",
                "rows": 100,
                "start": 0,
            },
            ["eugraph"],
        ),
        ({"fq": "metadata_modified:[2999-01-01T00:00:00Z TO *]"}, []),
        ({"fq": "metadata_modified:[2020-01-01T00:00:00Z TO NOW]"}, ["eugraph"]),
        ({"fq": "metadata_modified:[* TO 2020-01-01]"}, []),
        ({"q": "metadata_created:[NOW-9DAYS/DAY TO *] OR name:eugraph"}, ["eugraph"]),
        ({"fq": 'organization:(other OR "eugraph") -groups:a'}, ["eugraph"]),
        ({"fq_list": ["organization:eugraph", "organization:other"]}, []),
        ({"q": "name:fish OR name:eugraph"}, ["eugraph"]),
        ({"q": "name:eugraph AND NOT (tags:events)"}, []),
        ({"q": 'title:projects notes:"exact words"'}, ["eugraph"]),
        ({"q": 'title:"projects EU"'}, []),
        ({"q": "title:proj*cts AND name:eu?raph^2"}, ["eugraph"]),
        ({"q": "tags:* -groups:*"}, ["eugraph"]),
        ({"q": "press-release"}, ["eugraph"]),
    ],
)
def test_packages_are_found(
    client: FlaskClient, arguments: dict[str, Any], names: list[str]
) -> None:
    found = act(client, "package_search", **arguments)
    assert [package["name"] for package in found["results"]] == names
    assert found["count"] >= len(names)


def test_facets_count_what_is_found(client: FlaskClient) -> None:
    fields = {"facet.field": ["organization", "tags", "res_format"], "facet.limit": 2}
    found = act(client, "package_search", **fields, rows=0)
    assert found["facets"]["organization"] == {"eugraph": 1}
    assert [len(counted) for counted in found["facets"].values()] == [1, 2, 2]
    (item,) = found["search_facets"]["organization"]["items"]
    assert item == {"name": "eugraph", "display_name": "eugraph", "count": 1}
    several = client.get("/api/3/action/package_search?facet.field=tags&facet.field=organization")
    assert several.json is not None
    assert set(several.json["result"]["facets"]) == {"tags", "organization"}
    assert act(client, "package_search", **fields, q="fish")["facets"]["organization"] == {}


def test_fields_of_a_package_may_be_chosen(client: FlaskClient) -> None:
    (found,) = act(client, "package_search", fl="id,name")["results"]
    assert set(found) == {"id", "name"}


def test_what_a_package_leads_to_is_there(client: FlaskClient) -> None:
    package = act(client, "package_show", id="eugraph")
    resource = package["resources"][0]
    assert act(client, "resource_show", id=resource["id"]) == resource
    assert act(client, "tag_show", id=package["tags"][0]["name"]) == package["tags"][0]
    assert act(client, "organization_show", id=package["owner_org"])["name"] == "eugraph"
    assert act(client, "package_autocomplete", q="proj")[0]["name"] == "eugraph"


def test_the_publisher_is_the_organization(client: FlaskClient) -> None:
    assert act(client, "organization_list") == ["eugraph"]
    told = act(client, "organization_show", id="eugraph", include_datasets="true")
    assert [package["name"] for package in told["packages"]] == ["eugraph"]


def test_the_site_is_there(client: FlaskClient) -> None:
    assert act(client, "site_read") is True
    assert act(client, "status_show")["site_url"] == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("name", "arguments", "status", "kind"),
    [
        ("package_show", {"id": "fish"}, 404, "Not Found Error"),
        ("package_show", {}, 409, "Validation Error"),
        ("organization_show", {"id": "fish"}, 404, "Not Found Error"),
        ("package_search", {"rows": "many"}, 409, "Validation Error"),
        ("package_list", {"limit": -1}, 409, "Validation Error"),
        ("package_search", {"fish": 1}, 400, "Search Query Error"),
        ("package_search", {"sort": "fish"}, 400, "Search Query Error"),
        ("package_search", {"facet.field": "[1"}, 409, "Validation Error"),
        ("package_search", {"facet.limit": "x"}, 409, "Validation Error"),
        ("group_show", {"id": "fish"}, 404, "Not Found Error"),
        ("resource_show", {"id": "fish"}, 404, "Not Found Error"),
    ],
)
def test_errors_look_as_those_of_ckan(
    client: FlaskClient, name: str, arguments: dict[str, Any], status: int, kind: str
) -> None:
    assert act(client, name, **arguments)["__type"] == kind
    assert client.get(f"/api/3/action/{name}", query_string=arguments).status_code == status


@pytest.mark.parametrize(
    "query",
    [
        "(name:eugraph",
        "name:eugraph)",
        "name:",
        "OR",
        "a AND",
        '"a',
        "metadata_modified:[2020 2021]",
        "metadata_modified:[NOW-999999DAYS TO *]",
        "(" * 31 + "a" + ")" * 31,
        "a" * 4001,
    ],
)
def test_a_query_that_solr_would_not_read_is_told(client: FlaskClient, query: str) -> None:
    assert act(client, "package_search", q=query)["__type"] == "Search Error"


@given(st.lists(st.sampled_from([*'ab:"()[]{}*?+-!~^\\/ ', " AND ", " OR ", " TO "])).map("".join))
def test_any_text_is_a_query_or_is_told_not_to_be(text: str) -> None:
    try:
        test = read_query(text)
    except SolrQueryError:
        return
    assert test({"text": ["a b"]}) in {True, False}


def test_an_unknown_action_and_broken_json_are_bad_requests(client: FlaskClient) -> None:
    assert client.get("/api/3/action/package_delete").status_code == 400
    for body in (b"{", b"[1]", b"\xff", b"[" * 100_000):
        answer = client.post(
            "/api/3/action/package_show", data=body, content_type="application/json"
        )
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "action",
    ["package_search", "package_list", "package_show", "organization_show", "organization_list",
     "help_show", "tag_list", "current_package_list_with_resources"],
)  # fmt: skip
def test_no_text_is_too_odd_for_an_action(client: FlaskClient, action: str) -> None:
    names = (
        "q",
        "fq",
        "fq_list",
        "fl",
        "facet.field",
        "sort",
        "rows",
        "start",
        "limit",
        "offset",
        "id",
        "name",
        "all_fields",
    )
    values = ("\\ud800 desc", "\\udfff", "\\u0000", '\\" OR', "*:*", "\\ud83d\\ude00", "9" * 5000)
    others = ("NaN", "1e999", "-0", "9" * 4000, "[" * 900 + "]" * 900, '{"\\ud800": 1}')
    for name in names:
        for value in (*(f'"{value}"' for value in values), *others):
            answer = client.post(
                f"/api/3/action/{action}",
                data=f'{{"{name}": {value}}}',
                content_type="application/json",
            )
            assert answer.status_code in {200, 400, 404, 409}, (name, value[:40])
            answer.data.decode()
            half = "ud800" in value or "udfff" in value
            assert not half or answer.status_code == 400
