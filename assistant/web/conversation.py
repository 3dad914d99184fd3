"""What the page of one visitor sends in, the next state of the conversation and a Reply for the page out."""

import json
import logging
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.flow import Assistant, failure
from assistant.personal import mask_personal_data
from assistant.question import Question
from assistant.web.audience import audience_of, policy_of
from assistant.web.records import Records, RecordsError
from assistant.web.render import label
from assistant.web.turn import Turn, render_body, render_turn

_log = logging.getLogger(__name__)
LONGEST_QUESTION = 20_000
_LONGEST_HISTORY = 6
_MOST_TURNS = 100
_Identifier = Annotated[str, Field(max_length=32, pattern=r"^[\w-]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AskInput(_Strict):
    """A question; ``replaces`` is the id of the last turn when that is edited, ``shown`` the turns on the page."""

    question: str = Field(max_length=LONGEST_QUESTION)
    audience: str = Field(default="", max_length=40)
    replaces: _Identifier = ""
    shown: int = Field(default=0, ge=0, le=100_000)


class TurnInput(_Strict):
    """The turn that a button belongs to."""

    turn: _Identifier


class VoteInput(TurnInput):
    """An opinion about a turn."""

    is_good: bool
    reason: str = Field(default="", max_length=600)


@dataclass(frozen=True)
class Conversation:
    """The turns of one visitor in one window, oldest first."""

    turns: tuple[Turn, ...] = ()

    @property
    def history(self) -> tuple[str, ...]:
        """Return the last questions, personal data masked."""
        return tuple(turn.answer.question for turn in self.turns[-_LONGEST_HISTORY:])

    def find(self, identifier: str) -> Turn | None:
        """Return the turn with this id, None when it is not of this conversation."""
        return next((turn for turn in self.turns if turn.id == identifier), None)


@dataclass(frozen=True)
class Reply:
    """What the page is to do, by its kind.

    "turn" shows ``html`` as the turn ``turn``; "wording" does so while a chat model words its text anew, "grow" shows
    what is worded so far, and the "turn" that follows ends it. "notice" says ``notice``, "link" offers the link to
    ``turn``, "forgotten" empties the page, "stopped" asks nothing of it.
    """

    kind: str
    turn: str = ""
    html: str = ""
    notice: str = ""
    replaces: str = ""

    def to_json(self) -> str:
        """Return the message for the page; no two are the same, so that the page sees every one."""
        return json.dumps({**asdict(self), "nonce": secrets.token_hex(4)})


class Chat:
    """Answers the page of any visitor; all that it remembers of one is the Conversation that it is given."""

    def __init__(self, assistant: Assistant, records: Records, today: Callable[[], date]) -> None:
        self._assistant = assistant
        self._records = records
        self._today = today
        self._facts = {fact.id: fact for fact in assistant.rules.facts}
        self._wording: set[str] = set()

    def ask(self, conversation: Conversation, data: object) -> Iterator[tuple[Conversation, Reply]]:
        """Answer a question, in steps where a chat model words the answer; whatever breaks becomes an Answer too.

        Until the last step the conversation holds the proven Answer, and after a stop that is the one that stays.
        """
        try:
            asked = AskInput.model_validate(data)
        except ValidationError:
            yield conversation, Reply("notice", notice=label("bad-input"))
            return
        self.end_wording(conversation)
        if asked.replaces and conversation.turns and conversation.turns[-1].id == asked.replaces:
            conversation = replace(conversation, turns=conversation.turns[:-1])
        notice = label("forgotten") if asked.shown and not conversation.turns and not asked.replaces else ""
        told = conversation
        for kind, turn, html in self._answer(asked, conversation.history):
            if kind != "grow":
                told = Conversation((*conversation.turns, turn)[-_MOST_TURNS:])
            yield told, Reply(kind, turn.id, html, notice, asked.replaces)

    def end_wording(self, conversation: Conversation) -> None:
        """Word no answer of this conversation any further; the proven answers stay."""
        self._wording.difference_update(turn.id for turn in conversation.turns)

    def stop(self, conversation: Conversation, data: object) -> Reply:
        """Word a turn no further; its proven answer stays."""
        turn = self._known(conversation, data, TurnInput)
        if turn:
            self._wording.discard(turn.id)
        return Reply("stopped")

    def keep(self, conversation: Conversation, data: object) -> Reply:
        """Keep a turn, so that its link opens it again."""
        turn = self._known(conversation, data, TurnInput)
        if turn is None:
            return Reply("notice", notice=label("unknown-answer"))
        if not self._kept(turn):
            return Reply("notice", notice=label("not-stored"))
        return Reply("link", turn.id)

    def vote(self, conversation: Conversation, data: object) -> Reply:
        """Keep an opinion about a turn."""
        turn = self._known(conversation, data, VoteInput)
        if turn is None:
            return Reply("notice", notice=label("unknown-answer"))
        vote = VoteInput.model_validate(data)
        if not self._kept(turn):
            return Reply("notice", notice=label("not-stored"))
        try:
            self._records.keep_vote(turn.id, vote.is_good, mask_personal_data(vote.reason)[0])
        except RecordsError:
            _log.exception("a vote is not kept")
            return Reply("notice", notice=label("not-stored"))
        return Reply("notice", turn.id, notice=label("thanks"))

    def reopen(self, data: object) -> tuple[Conversation, Reply]:
        """Open a kept turn by its id; it begins a conversation of its own."""
        try:
            kept = self._records.read_answer(TurnInput.model_validate(data).turn)
        except ValidationError:
            kept = None
        except RecordsError:
            _log.exception("a kept answer cannot be read")
            return Conversation(), Reply("notice", notice=label("not-stored"))
        if kept is None:
            return Conversation(), Reply("notice", notice=label("not-found-link"))
        turn = Turn(TurnInput.model_validate(data).turn, audience_of(kept[0]), kept[1], is_kept=True)
        return Conversation((turn,)), Reply("turn", turn.id, self._render(turn))

    def _answer(self, asked: AskInput, history: tuple[str, ...]) -> Iterator[tuple[str, Turn, str]]:
        """Yield the kind, the turn and the HTML of every step; when a later step breaks, the proven turn stays."""
        audience, identifier = audience_of(asked.audience), secrets.token_urlsafe(9)
        policy = None if audience.provider_type else policy_of(audience, self._assistant.documents)
        question = Question(asked.question, self._today(), None, audience.provider_type, policy, history)
        turn = Turn(identifier, audience, failure(question))
        try:
            for kind, told in self._steps(turn, question):
                html = render_body(told.answer) if kind == "grow" else self._render(told, kind == "wording")
                turn = told if kind == "wording" else turn
                yield kind, told, html
        except Exception:
            _log.exception("a question cannot be answered")
            yield "turn", turn, self._render(turn)

    def _steps(self, turn: Turn, question: Question) -> Iterator[tuple[str, Turn]]:
        """Yield the turn with its Answer: "wording" and "grow" while a chat model words it, "turn" when it is whole."""
        self._wording.add(turn.id)
        told = turn
        try:
            for number, answer in enumerate(self._assistant.stream(question)):
                told = replace(turn, answer=answer)
                if turn.id not in self._wording:
                    return
                if number or self._assistant.rewords(answer):
                    yield ("grow" if number else "wording"), told
            if turn.id in self._wording:
                yield "turn", told
        finally:
            self._wording.discard(turn.id)

    def _render(self, turn: Turn, is_wording: bool = False) -> str:
        version = self._assistant.search.version
        return render_turn(turn, self._facts, self._assistant.documents, version, is_wording)

    def _known(self, conversation: Conversation, data: object, model: type[TurnInput]) -> Turn | None:
        try:
            return conversation.find(model.model_validate(data).turn)
        except ValidationError:
            return None

    def _kept(self, turn: Turn) -> bool:
        try:
            self._records.keep_answer(turn.id, turn.audience.key, turn.answer)
        except RecordsError:
            _log.exception("an answer is not kept")
            return False
        return True
