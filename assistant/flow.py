"""Question -> Answer: the whole flow in one method, and the one function that wires its parts."""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

from threadpoolctl import threadpool_limits

from assistant.answer import Answer, Composer, Status
from assistant.compose import compose
from assistant.draft import Draft
from assistant.errors import ModelError, UsageError, VerificationError
from assistant.parts import Part
from assistant.personal import mask_personal_data
from assistant.question import Question
from assistant.refuse import refusal
from assistant.reword import Reworder, load_reworder
from assistant.rules.desks import DEFAULT_DESK, check_desks, contact_of
from assistant.rules.loader import load_facts, rules_version
from assistant.rules.lookup import FactLookup, learned_lookup
from assistant.rules.phrasing_index import phrasing_index
from assistant.search import LazySearch
from assistant.select import Finding, is_confident, narrow, select, told_topics
from assistant.settings import AssistantSettings, read_settings
from assistant.understand import Query, understand
from assistant.verify import departures, figures_of, unproven
from index.documents import Document, read_documents
from index.embeddings import load_embedder
from index.vectors import Progress, VectorCache
from prompts import text

_log = logging.getLogger(__name__)


class Assistant:
    """Answers questions about the policies; safe to share between threads."""

    def __init__(
        self, documents: list[Document], rules: FactLookup, search: LazySearch, reworder: Reworder | None = None
    ) -> None:
        self.documents = documents
        self.rules = rules
        self.search = search
        self._reworder = reworder
        self._facts = {fact.id: fact for fact in rules.facts}
        self._rules_version = rules_version(rules.facts)

    def answer(self, question: Question) -> Answer:
        """Answer a question.

        Raises:
            UsageError: the question names a policy that does not exist.
        """
        *_, told = self.stream(question)
        return told

    def stream(self, question: Question) -> Iterator[Answer]:
        """Yield the proven Answer; where a chat model words it anew, then its proven words, growing by a sentence.

        The last one counts. Whoever stops earlier keeps the first, which is whole.

        Raises:
            UsageError: the question names a policy that does not exist.
        """
        started = perf_counter()
        if question.policy and question.policy not in {document.id for document in self.documents}:
            raise UsageError(f"Er is geen beleid '{question.policy}'.")
        query = understand(question, self.documents)
        refused = refusal(query, self.documents)
        if refused:
            yield self._finish(refused, query, started)
            return
        self.rules.embed_ahead(query.parts)
        before = self._told_before(question)
        findings = self._find_all(query, before)
        narrowed = narrow(query, findings)
        if narrowed != query:
            query, findings = narrowed, self._find_all(narrowed, before)
        draft = compose(query, findings, self.documents, self.rules)
        self._prove(draft, draft.text)
        answer = Answer(
            question=query.text,
            lang=draft.lang,
            as_of=question.as_of.isoformat(),
            status=draft.status,
            text=draft.text,
            facts=tuple(draft.answer_facts),
            citations=tuple(draft.citations),
            options=tuple(draft.options),
            contact=draft.contact,
            composer=draft.composer,
        )
        for each in self._worded(answer, draft):
            yield self._finish(each, query, started)

    def rewords(self, answer: Answer) -> bool:
        """Tell whether a chat model words this Answer anew."""
        return self._reworder is not None and answer.status in (Status.ANSWERED, Status.PARTIAL)

    def _told_before(self, question: Question) -> frozenset[str]:
        """Return the topics that the turn before this question asked for."""
        if not question.history:
            return frozenset()
        *earlier, last = question.history
        query = understand(replace(question, text=last, history=tuple(earlier)), self.documents)
        lookups = [self.rules.find(query, part) for part in query.parts]
        return frozenset(lookup.matches[0].fact.entry.topic for lookup in lookups if is_confident(lookup))

    def _find_all(self, query: Query, before: frozenset[str]) -> list[Finding]:
        findings: list[Finding] = []
        for part in query.parts:
            told = before.union(told_topics(findings)) if part.asks_anew else frozenset()
            findings.append(self._find(query, part, told))
        return findings

    def _find(self, query: Query, part: Part, told: frozenset[str]) -> Finding:
        lookup = self.rules.find(query, part, told)
        if part.whole != part.text and not is_confident(lookup):
            lookup = self.rules.find(query, replace(part, texts=(part.whole,)), told)
        passages = self.search.find(part.texts[0], query.scope.policies) if not is_confident(lookup) else []
        return select(query, lookup, self.rules, passages)

    def _prove(self, draft: Draft, written: str) -> None:
        facts = [self._facts[fact.id] for fact in draft.answer_facts]
        known = [
            *figures_of(facts),
            *(document.title for document in self.documents),
            *draft.computed,
            draft.query.text,
        ]
        problems = unproven(written, draft.citations, self.documents, known)
        if problems:
            raise VerificationError("; ".join(problems))

    def _worded(self, proven: Answer, draft: Draft) -> Iterator[Answer]:
        """Yield the proven Answer, then the words of the chat model as long as they are proven; ours again if not."""
        yield proven
        if self._reworder is None or not self.rewords(proven):
            return
        try:
            for words in self._reworder.stream(proven.text, draft.citations, draft.lang):
                self._prove(draft, words)
                _hold_to(proven.text, words)
                yield replace(proven, text=words, composer=Composer.MODEL)
        except (ModelError, VerificationError) as error:
            _log.warning("the words of the chat model are not used: %s", error)
            yield proven

    def _finish(self, answer: Answer, query: Query, started: float) -> Answer:
        return replace(
            answer,
            id=query.question.id,
            index_version=self.search.version,
            rules_version=self._rules_version,
            elapsed_ms=round((perf_counter() - started) * 1000, 1),
        )


def _hold_to(proven: str, words: str) -> None:
    problems = departures(words, proven)
    if problems:
        raise VerificationError("; ".join(problems))


def wire(settings: AssistantSettings | None = None, progress: Progress | None = None) -> Assistant:
    """Build the assistant from its parts; embeds what is new and builds the index when it is missing or outdated.

    Raises:
        IndexingError, AssistantError: a part cannot be loaded; the message says what to do.
    """
    # numpy's threads wait by spinning, on the core that embeds the next text; its products are short
    threadpool_limits(1, user_api="blas")
    settings = settings or read_settings(dict(os.environ))
    model = settings.index.embedding_model
    documents = read_documents()
    facts = load_facts(documents)
    check_desks(documents)
    embeddings = load_embedder(model)
    folder = settings.index.index_folder
    cache = VectorCache(embeddings, model, kept=folder / "phrasings.npz")
    index = phrasing_index(facts, cache, folder / "phrasing-index.npz", progress)
    search = LazySearch(documents, embeddings, model, folder, progress)
    search.ensure()
    rules = learned_lookup(facts, index, embeddings, model)
    return Assistant(documents, rules, search, load_reworder(settings.model))


def failure(question: Question) -> Answer:
    """Return the Answer for a question on which something broke; the cause is in the log, never in the text."""
    return Answer(
        question=mask_personal_data(question.text)[0],
        lang="nl",
        as_of=question.as_of.isoformat(),
        status=Status.ERROR,
        text=text("failure", "nl"),
        id=question.id,
        contact=contact_of(DEFAULT_DESK, "nl"),
    )
