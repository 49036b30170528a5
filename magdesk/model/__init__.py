"""The vocabulary of the whole program: typed rows of a case. Stores nothing by itself, draws nothing.

Importing the package maps every table.
"""

from __future__ import annotations

from magdesk.model.assets import Asset, Payment
from magdesk.model.authentication import Authentication
from magdesk.model.base import Base
from magdesk.model.case import Authority, Case, Contact, Engagement, Organisation
from magdesk.model.drafting import (
    AdverseItem,
    InterestArgument,
    ListSearch,
    OtherSanction,
    Proceeding,
    Recipient,
    Section,
)
from magdesk.model.evidence import Detail, Evidence, HashList, TimestampProof, Verification
from magdesk.model.facts import Citation, ElementNote, Fact, Proof
from magdesk.model.guide import GuideMark
from magdesk.model.incidents import Harm, Incident, Participation
from magdesk.model.people import (
    Ask,
    Consent,
    Identifier,
    LegalBasis,
    Name,
    Party,
    Position,
    Relation,
    Target,
    Unknown,
    Victim,
    Witness,
)
from magdesk.model.review import Answer, Signoff, Waiver
from magdesk.model.submissions import Outcome, Submission

__all__ = [
    "AdverseItem", "Answer", "Ask", "Asset", "Authentication", "Authority", "Base", "Case", "Citation",
    "Consent", "Contact", "Detail", "ElementNote", "Engagement", "Evidence", "Fact", "GuideMark", "Harm", "HashList",
    "Identifier", "Incident", "InterestArgument", "LegalBasis", "ListSearch", "Name", "Organisation",
    "OtherSanction", "Outcome", "Participation", "Party", "Payment", "Position", "Proceeding", "Proof",
    "Recipient", "Relation", "Section", "Signoff", "Submission", "Target", "TimestampProof", "Unknown",
    "Verification", "Victim", "Waiver", "Witness",
]  # fmt: skip
