"""CKAN's action API."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient


def act(client: FlaskClient, name: str, **arguments: object) -> Any:  # noqa: ANN401
    asked = client.get(f"/api/3/action/{name}", query_string=arguments)
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
    assert package["license_id"] == "cc-by-4-0"
    assert package["license_title"] == "CC BY 4.0"
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
    ],
)
def test_packages_are_found(
    client: FlaskClient, arguments: dict[str, Any], names: list[str]
) -> None:
    found = act(client, "package_search", **arguments)
    assert [package["name"] for package in found["results"]] == names
    assert found["count"] >= len(names)


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
    ],
)
def test_errors_look_as_those_of_ckan(
    client: FlaskClient, name: str, arguments: dict[str, Any], status: int, kind: str
) -> None:
    assert act(client, name, **arguments)["__type"] == kind
    assert client.get(f"/api/3/action/{name}", query_string=arguments).status_code == status


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
    names = ("q", "fq", "sort", "rows", "start", "limit", "offset", "id", "name", "all_fields")
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
