"""No page asks the database more than twenty-five questions, whoever reads it."""

import pytest

MOST = 25


@pytest.mark.parametrize("reader", ["visitor", "owner"])
def test_every_page_type_and_the_pages_around_them(
    reader, request, site_tree, client_of, count_queries
):
    browser = client_of(request.getfixturevalue(reader))
    paths = [page.url for page in site_tree.pages]
    paths += ["/topics/", site_tree.topic.get_absolute_url(), "/search/?q=night"]
    paths += ["/account/", f"/people/o/{site_tree.organization.public_id}/"]
    counted = {}
    for path in paths:
        browser.get(path)  # what is kept between requests is kept now
        with count_queries() as asked:
            browser.get(path)
        counted[path] = len(asked)

    assert {path: n for path, n in counted.items() if n > MOST} == {}
