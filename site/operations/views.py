from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .actions import read_probes

_WELL, _UNWELL = 200, 503


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """What the probes find: 200 where all are well, 503 where one is not. A page for a
    browser, JSON for everything else."""
    readings = read_probes()
    well = all(reading.well for reading in readings)
    status = _WELL if well else _UNWELL
    if "text/html" in request.headers.get("Accept", ""):
        context = {"readings": readings, "well": well}
        return render(request, "operations/readyz.html", context, status=status)
    probes = {
        reading.name: {"well": reading.well, "words": reading.words}
        for reading in readings
    }
    return JsonResponse({"ready": well, "probes": probes}, status=status)
