"""The plain pages beside the chat: a source in its place, the deadlines and the requirements of a provider type."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from fastapi import APIRouter, FastAPI, HTTPException, Query
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from assistant.days import write_day
from assistant.flow import Assistant
from assistant.rules.checklist import checklists
from assistant.rules.timeline import timeline_of
from assistant.web.audience import audience_of, choices
from assistant.web.deadlines import deadlines_of
from assistant.web.picture import draw_picture
from assistant.web.render import label, render
from assistant.web.sources import source_page

STATIC = Path(__file__).parent / "static"
_KEY = Query(default="", max_length=40)


def add_pages(app: FastAPI, assistant: Assistant, today: Callable[[], date]) -> None:
    """Add the pages and the style sheet; ``deel`` asks for the part that the chat puts into its own page."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/bron/{policy}/{start}-{end}")
    def source(policy: str, start: int, end: int, deel: bool = False) -> str:
        known = [document for document in assistant.documents if document.id == policy]
        page = source_page(known[0], start, end) if known else None
        if page is None:
            raise HTTPException(404, label("source-unknown"))
        part = render("source", source=page)
        return part if deel else render("page", title=label("source"), part=part)

    @router.get("/deel/termijnen")
    def deadlines(voor: str = _KEY) -> str:
        return _deadlines(assistant, voor, today())

    @router.get("/deel/voorwaarden")
    def requirements(voor: str = _KEY) -> str:
        audience = audience_of(voor)
        if audience.provider_type is None:
            return _choose(voor)
        found = checklists(assistant.rules.facts, audience.provider_type, frozenset())
        return render("requirements", audience=audience, checklists=found)

    app.include_router(router)
    app.mount("/opmaak", StaticFiles(directory=STATIC))


def _deadlines(assistant: Assistant, key: str, as_of: date) -> str:
    audience = audience_of(key)
    if audience.provider_type is None:
        return _choose(key)
    timeline = timeline_of(assistant.rules.facts, audience.provider_type, as_of)
    found = deadlines_of(timeline, audience.provider_type, as_of)
    return render(
        "deadlines",
        audience=audience,
        deadlines=found,
        timeline=timeline,
        picture=draw_picture(found, as_of),
        today=write_day(as_of, "nl"),
    )


def _choose(key: str) -> str:
    sector = audience_of(key).sector
    return render("choose", choices=[group for group in choices() if sector in (None, group[0].sector)])
