"""Refusals that never reach an operation of the API."""


def test_address_that_does_not_exist_is_told_in_json(db, client):
    response = client.get("/api/nothing/here", HTTP_ACCEPT="text/html")

    assert response.status_code == 404
    assert response.json() == {"message": "The API has no address /api/nothing/here. The list of all stands at /api/."}


def test_method_that_is_not_taken_is_told_in_json_with_those_that_are(db, client):
    response = client.delete("/api/knowledge/resources")

    assert (response.status_code, response.headers["Allow"]) == (405, "GET")
    assert response.json() == {"message": "This address does not take DELETE, only GET."}


def test_page_elsewhere_stays_a_page(db, client):
    response = client.get("/nothing/here/")

    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")
