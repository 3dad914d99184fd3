"""The HTTP API: a question in, the Answer as JSON out; the policies as they are cited; deadlines for a calendar."""

import logging
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.days import today as today_in_amsterdam
from assistant.errors import UsageError
from assistant.flow import Assistant, failure
from assistant.question import Question
from assistant.rules.calendar import calendar_of
from assistant.rules.timeline import timeline_of
from assistant.scope import ProviderType
from assistant.web.deadlines import calendar_of_fact
from assistant.web.render import label
from index.documents import Document

_log = logging.getLogger(__name__)
_LONGEST_QUESTION = 20_000
_MOST_TURNS = 20


class AskBody(BaseModel):
    """A question with what is known of the asker; ``history`` holds the earlier questions, oldest first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(max_length=_LONGEST_QUESTION)
    as_of: date | None = None
    provider_type: ProviderType | None = None
    policy: str | None = Field(default=None, max_length=80)
    history: list[Annotated[str, Field(max_length=_LONGEST_QUESTION)]] = Field(default=[], max_length=_MOST_TURNS)


class PolicyBody(BaseModel):
    """What a policy is; ``sha256`` is that of the file as received."""

    id: str
    title: str
    publisher: str
    sector: str
    contract_year: int
    version: str
    sha256: str


class PolicyTextBody(PolicyBody):
    """A policy with its text; citations count Unicode code points in it, the end exclusive."""

    text: str


class HealthBody(BaseModel):
    """That the service answers, and from what."""

    status: str
    policies: list[str]
    index_version: str


def make_api(assistant: Assistant, today: Callable[[], date] = today_in_amsterdam) -> FastAPI:
    """Return the application with the API; it has no page of documentation, only its openapi.json."""
    app = FastAPI(title="Inkoopwijzer", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.add_exception_handler(RequestValidationError, _refuse)

    @app.post("/api/v1/ask")
    def ask(body: AskBody) -> JSONResponse:
        question = Question(
            body.question, body.as_of or today(), None, body.provider_type, body.policy, tuple(body.history)
        )
        try:
            return JSONResponse(assistant.answer(question).to_dict())
        except UsageError as error:
            raise HTTPException(422, str(error)) from error
        except Exception:
            _log.exception("a question cannot be answered")
            return JSONResponse(failure(question).to_dict(), 500)

    @app.get("/api/v1/policies")
    def policies() -> list[PolicyBody]:
        return [PolicyBody.model_validate(_described(document)) for document in assistant.documents]

    @app.get("/api/v1/policies/{identifier}")
    def policy(identifier: str) -> PolicyTextBody:
        for document in assistant.documents:
            if document.id == identifier:
                return PolicyTextBody(**_described(document), text=document.text)
        raise HTTPException(404, f"Er is geen beleid '{identifier[:80]}'.")

    @app.get("/api/v1/health")
    def health() -> HealthBody:
        identifiers = [document.id for document in assistant.documents]
        return HealthBody(status="ok", policies=identifiers, index_version=assistant.search.version)

    @app.get("/api/v1/deadlines.ics", response_class=Response)
    def calendar(
        fact: Annotated[str | None, Query(max_length=200)] = None, provider_type: ProviderType | None = None
    ) -> Response:
        if (fact is None) == (provider_type is None):
            raise HTTPException(422, label("calendar-which"))
        written = _calendar(assistant, fact, provider_type, today())
        if written is None:
            raise HTTPException(404, label("calendar-none"))
        headers = {"Content-Disposition": f'attachment; filename="{label("calendar-file")}"'}
        return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)

    return app


def _calendar(assistant: Assistant, fact: str | None, provider_type: ProviderType | None, as_of: date) -> bytes | None:
    """Return the calendar of the named fact or of a provider type, None when there is no such exact day."""
    if provider_type:
        return calendar_of(timeline_of(assistant.rules.facts, provider_type, as_of), provider_type, as_of)
    known = next((known for known in assistant.rules.facts if known.id == fact), None)
    return calendar_of_fact(known, as_of) if known else None


def _described(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in PolicyBody.model_fields}


async def _refuse(_: Request, error: Exception) -> JSONResponse:
    """Say what is wrong with a request without repeating what was sent."""
    if not isinstance(error, RequestValidationError):
        raise error
    problems = [
        {key: value for key, value in problem.items() if key in ("loc", "msg", "type")} for problem in error.errors()
    ]
    return JSONResponse({"detail": jsonable_encoder(problems)}, 422)
