from collections.abc import Callable
from datetime import date

import pytest
from langchain_core.embeddings import Embeddings

from assistant.question import Question
from assistant.rules.loader import load_facts
from assistant.rules.lookup import FactLookup
from assistant.rules.matcher import FactMatcher
from assistant.rules.phrasing_index import make_phrasing_index
from assistant.scope import ProviderType
from assistant.understand import Query, understand
from index.documents import Document
from index.embeddings import BUNDLED_MODEL
from index.vectors import VectorCache

AskQuery = Callable[..., Query]
GGZ = """
policy: 2026-ggz
facts:
  - id: 2026-ggz.deadline.vragenlijst
    kind: deadline
    topic: vragenlijst
    label: "Deadline vragenlijst: 24 oktober 2025"
    provider_types: [vrijgevestigd, psychiater, instelling-digitaal-aanbod]
    value: 24 oktober 2025
    when: {bound: until, day: 2025-10-24}
    answer:
      nl: "De deadline is **24 oktober 2025**. [1]"
      en: "The deadline is **24 October 2025**. [1]"
    quotes: [{text: "Deadline vragenlijst via VECOZO 24 oktober 2025"}]
    asked:
      what: ["wat is de deadline van de vragenlijst", "when is the questionnaire due"]
      affirmed: ["moet de vragenlijst voor 25 oktober binnen zijn"]
      denied: ["mag de vragenlijst in december nog"]
      still: ["kan ik de vragenlijst nog invullen"]
  - id: 2026-ggz.deadline.aanbieding
    kind: deadline
    topic: aanbieding
    label: "Aanbieding vragenlijst: half september 2025"
    provider_types: [vrijgevestigd, psychiater, instelling-digitaal-aanbod]
    value: half september 2025
    when: {bound: moment, earliest: 2025-09-01, latest: 2025-09-30}
    answer:
      nl: "De vragenlijst komt **half september 2025**. [1]"
      en: "The questionnaire comes in **mid-September 2025**. [1]"
    quotes: [{text: "Aanbieding vragenlijst via VECOZO Half september 2025"}]
    asked:
      what: ["wanneer komt de vragenlijst", "wanneer staat de vragenlijst klaar"]
  - id: 2026-ggz.deadline.tekenen
    kind: deadline
    topic: tekenen
    label: "Uiterste tekendatum: 7 november 2025"
    provider_types: [vrijgevestigd, psychiater, instelling-digitaal-aanbod]
    value: 7 november 2025
    when: {bound: until, day: 2025-11-07}
    answer:
      nl: "U tekent uiterlijk **7 november 2025**. [1]"
      en: "You sign by **7 November 2025**. [1]"
    quotes: [{text: "Uiterste tekendatum zorgovereenkomst 7 november 2025"}]
    asked:
      what: ["wat is de uiterste tekendatum", "wanneer moet ik tekenen"]
      affirmed: ["moet ik uiterlijk 7 november tekenen"]
  - id: 2026-ggz.term.tekenen
    kind: term
    topic: tekenen
    label: "Tekenen: 4 weken na aanbieding"
    provider_types: [geintegreerd, instelling-onderhandeling]
    value: 4 weken na aanbieding
    term: {count: 4, unit: week, event: aanbieding}
    answer:
      nl: "U tekent binnen **4 weken na aanbieding**. [1]"
      en: "You sign within **4 weeks of the offer**. [1]"
    quotes: [{text: "Uiterste tekendatum zorgovereenkomst 4 weken na aanbieding zorgovereenkomst 2026"}]
    asked:
      what: ["hoeveel weken mag een instelling doen over tekenen", "termijn om te tekenen na het aanbod"]
  - id: 2026-ggz.term.ingang
    kind: term
    topic: ingang
    label: "Ingang: de maand na de aanvraag"
    provider_types: [vrijgevestigd]
    value: de eerste van de maand na de aanvraag
    term: {count: 1, unit: first-of-next-month, event: aanvraag}
    answer:
      nl: "Het contract begint **de maand na de aanvraag**. [1]"
      en: "The contract begins **the month after the application**. [1]"
    quotes: [{text: "de eerste van de maand volgend op de maand van aanvraag"}]
    asked:
      what: ["vanaf welke dag loopt een contract dat ik later aanvraag", "ingang bij een late aanvraag"]
  - id: 2026-ggz.deadline.publicatie
    kind: deadline
    topic: publicatie
    label: "Publicatie: vanaf 12 november 2025"
    provider_types: [vrijgevestigd, psychiater, instelling-digitaal-aanbod, geintegreerd, instelling-onderhandeling]
    value: vanaf 12 november 2025
    when: {bound: from, day: 2025-11-12}
    answer:
      nl: "De publicatie begint **12 november 2025**. [1]"
      en: "Publication starts on **12 November 2025**. [1]"
    quotes: [{text: "Publicatie gecontracteerde zorgaanbieders op zorgzoeker en website Vanaf 12 november 2025"}]
    asked:
      what: ["wanneer wordt gepubliceerd wie een contract heeft", "wanneer sta ik in de zorgzoeker"]
  - id: 2026-ggz.absent.opslag-hoogte
    kind: absent
    topic: opslag-hoogte
    label: "Hoogte van de opslag: niet in het beleid"
    answer:
      nl: "Hoe hoog de opslag is, **staat niet in het beleid**."
      en: "How high the surcharge is, the policy **does not say**."
    desk: declaraties
    asked:
      what: ["hoe hoog is de opslag", "hoeveel procent is de opslag"]
  - id: 2026-ggz.procedure.terugwerkend
    kind: procedure
    topic: terugwerkend
    label: "Geen overeenkomst met terugwerkende kracht"
    answer:
      nl: "Caresq sluit **geen overeenkomsten met terugwerkende kracht**. [1]"
      en: "Caresq signs **no agreements with retroactive effect**. [1]"
    quotes: [{text: "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht."}]
    asked:
      what: ["met welke datum gaat een overeenkomst in", "terugwerkende kracht"]
      affirmed: ["is terugwerkende kracht uitgesloten"]
      denied: ["kan een overeenkomst met terugwerkende kracht", "mag het contract eerder ingaan"]
  - id: 2026-ggz.list.planning
    kind: list
    topic: planning
    label: "Planning van de inkoop"
    answer:
      nl: "De planning heeft deze data:"
      en: "The planning has these dates:"
    items: [2026-ggz.deadline.vragenlijst, 2026-ggz.deadline.tekenen]
    asked:
      what: ["wat is de planning", "alle data op een rij"]
"""
MONDZORG = """
policy: 2025-mondzorg
facts:
  - id: 2025-mondzorg.deadline.cbt
    kind: deadline
    topic: cbt-aanvraag
    label: "Aanvraag CBT: voor 1 september 2024"
    provider_types: [cbt]
    value: voor 1 september 2024
    when: {bound: before, day: 2024-09-01}
    answer:
      nl: "Een CBT vraagt aan **voor 1 september 2024**. [1]"
      en: "A CBT applies **before 1 September 2024**. [1]"
    quotes: [{text: "Aanvragen zorgovereenkomst 2025 CBT Voor 1 september 2024"}]
    asked:
      what: ["wanneer vraagt een cbt een overeenkomst aan", "aanvraag cbt"]
      still: ["kan een cbt nog aanvragen"]
  - id: 2025-mondzorg.procedure.terugwerkend
    kind: procedure
    topic: terugwerkend
    label: "Geen overeenkomst met terugwerkende kracht"
    answer:
      nl: "Caresq sluit **geen overeenkomsten met terugwerkende kracht**. [1]"
      en: "Caresq signs **no agreements with retroactive effect**. [1]"
    quotes: [{text: "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht."}]
    asked:
      what: ["gaat een contract mondzorg terug in de tijd", "begin van het contract mondzorg"]
  - id: 2025-mondzorg.deadline.publicatie
    kind: deadline
    topic: publicatie
    label: "Publicatie: vanaf 12 november 2024"
    value: vanaf 12 november 2024
    when: {bound: from, day: 2024-11-12}
    answer:
      nl: "De mondzorg volgt **vanaf 12 november 2024** op de zorgzoeker. [1]"
      en: "Oral care follows **from 12 November 2024**. [1]"
    quotes: [{text: "Publicatie gecontracteerde zorg op zorgzoeker en website Vanaf 12 november 2024"}]
    asked:
      what: ["wanneer staat de mondzorg op de zorgzoeker", "publicatie mondzorg"]
"""


@pytest.fixture(scope="session")
def few_rules(
    documents: list[Document], embeddings: Embeddings, tmp_path_factory: pytest.TempPathFactory
) -> FactLookup:
    """Return the lookup over a few facts, so that what is said about them does not change with those that ship."""
    folder = tmp_path_factory.mktemp("facts")
    (folder / "ggz.yaml").write_text(GGZ, encoding="utf-8")
    (folder / "mondzorg.yaml").write_text(MONDZORG, encoding="utf-8")
    facts = load_facts(documents, folder)
    cache = VectorCache(embeddings, BUNDLED_MODEL, kept=folder / "vectors.npz")
    return FactLookup(facts, FactMatcher(facts, make_phrasing_index(facts, cache)), embeddings)


@pytest.fixture(scope="session")
def ask_query(documents: list[Document]) -> AskQuery:
    """Return a function that understands a question."""

    def ask(
        text: str,
        as_of: date = date(2025, 9, 20),
        provider_type: ProviderType | None = None,
        policy: str | None = None,
        history: tuple[str, ...] = (),
    ) -> Query:
        return understand(Question(text, as_of, None, provider_type, policy, history), documents)

    return ask
