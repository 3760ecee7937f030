"""No page needs more than twenty-five queries, whoever reads it."""

import pytest

MOST = 25


@pytest.mark.parametrize("reader", ["visitor", "owner"])
def test_no_page_needs_more_queries_than_allowed(
    reader, request, site_tree, client_of, count_queries
):
    browser = client_of(request.getfixturevalue(reader))
    paths = [page.url for page in site_tree.pages]
    paths += ["/topics/", site_tree.topic.get_absolute_url(), "/search/?q=night"]
    paths += ["/account/", f"/people/o/{site_tree.organization.public_id}/"]
    counted = {}
    for path in paths:
        browser.get(path)  # Fill the caches.
        with count_queries() as queries:
            browser.get(path)
        counted[path] = len(queries)

    assert {path: n for path, n in counted.items() if n > MOST} == {}
