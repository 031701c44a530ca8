"""The glossary: every noun of a bilateral relationship as editors keep it on the desk.

A **relationship** joins two **parties**. Its **topics** group **facts** (with dated **observations** in a **unit**),
**meetings** (with **participations** of a term, **outcomes** and **readouts**) and **priorities** (with
**commitments** and their **assessments**). **Officials** hold **posts** in **terms**; their **statements** are
quoted; their **portraits** are kept under the hash of their content; a **fact sheet** points at all of these;
everything rests on **sources**.

The **ledger** keeps what was published: **editions** with their **facets**, **releases**, **checks**, **corrections**,
**redactions** and the **generation**; and what was saved: **revisions**. The **newsroom** keeps how it came about:
**moves**, the **members** of a release, **preview links**, and readers' **reports**. For **people** signing in it
counts **tries** and marks **given passwords**. Its own **upkeep** are the **answers of links** and the **notices** that
it sends, as far as each person's **choice** wants them. An **upload** keeps the files of an import, and the
**lines** of its plan, until somebody agrees.
"""

from .content import Language, Part, PublicStatus, Record, RelationshipRecord, SharedRecord, Stage
from .dates import PartialDate, Precision
from .fact import Fact, Observation, Unit
from .factsheet import Factsheet, Line, Section
from .ledger import Check, Correction, Edition, Facet, Generation, Redaction, Release, Revision
from .meeting import AgendaItem, Meeting, OtherParticipant, Outcome, Participation, Readout, Session
from .newsroom import Member, Move, Presence, PreviewLink, PreviewOpening, Report
from .official import Official, Term
from .party import Party
from .people import GivenPassword, Tries
from .portrait import Portrait, Rendition
from .post import Post, Vacancy
from .priority import Assessment, Commitment, Priority
from .relationship import KeyDate, KeyFigure, Relationship
from .source import Source
from .statement import CoSpeaker, Statement
from .topic import Topic
from .upkeep import LinkAnswer, Notice, NoticeChoice, Why
from .upload import Upload, UploadedFile, UploadLine

# Every noun that is published, in the order in which one can be written down after another.
RECORDS: tuple[type[Record], ...] = (
    Party,
    Source,
    Post,
    Official,
    Relationship,
    Topic,
    Fact,
    Meeting,
    Priority,
    Statement,
    Factsheet,
)
BY_KIND: dict[str, type[Record]] = {model.KIND: model for model in RECORDS}

__all__ = [
    "BY_KIND",
    "RECORDS",
    "AgendaItem",
    "Assessment",
    "Check",
    "CoSpeaker",
    "Commitment",
    "Correction",
    "Edition",
    "Facet",
    "Fact",
    "Factsheet",
    "Generation",
    "GivenPassword",
    "KeyDate",
    "KeyFigure",
    "Language",
    "Line",
    "LinkAnswer",
    "Meeting",
    "Member",
    "Move",
    "Notice",
    "NoticeChoice",
    "Observation",
    "Official",
    "OtherParticipant",
    "Outcome",
    "Part",
    "PartialDate",
    "Participation",
    "Party",
    "Portrait",
    "Post",
    "Precision",
    "Presence",
    "PreviewLink",
    "PreviewOpening",
    "Priority",
    "PublicStatus",
    "Readout",
    "Record",
    "Redaction",
    "Relationship",
    "RelationshipRecord",
    "Release",
    "Rendition",
    "Report",
    "Revision",
    "Section",
    "Session",
    "SharedRecord",
    "Source",
    "Stage",
    "Statement",
    "Term",
    "Topic",
    "Tries",
    "Unit",
    "Upload",
    "UploadLine",
    "UploadedFile",
    "Vacancy",
    "Why",
]
