from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .actions import run_probes

_READY, _NOT_READY = 200, 503


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer, without a query, that this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Show the result of every probe: a page to browsers, JSON to everything else.

    The status is 200 if all are healthy, else 503.
    """
    results = run_probes()
    ready = all(result.healthy for result in results.values())
    status = _READY if ready else _NOT_READY
    if "text/html" in request.headers.get("Accept", ""):
        context = {"results": results, "ready": ready}
        return render(request, "operations/readyz.html", context, status=status)
    probes = {name: asdict(result) for name, result in results.items()}
    return JsonResponse({"ready": ready, "probes": probes}, status=status)
