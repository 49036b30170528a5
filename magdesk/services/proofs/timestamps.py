"""Outside timestamps: proofs that a digest existed by a certain time, taken in and verified without a network.

A proof says neither who made the bytes nor whether they are true. An RFC 3161 answer can be verified here, given the
certificates of the authority; an OpenTimestamps proof can be read here, and says which block header to look up.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import TimeStampResponse, VerifierBuilder, decode_timestamp_response
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.errors import CaseFileDamaged, InputError
from magdesk.i18n import _
from magdesk.intake.foreign import Damaged, foreign
from magdesk.model import Evidence, HashList, TimestampProof
from magdesk.model.evidence import ProofKind
from magdesk.services.proofs.hashlists import root_text, verified_listing
from magdesk.services.proofs.opentimestamps import OtsProof, is_ots, read_ots
from magdesk.values import clean_text, now

_LARGEST = 256 * 1024
# The libraries read a part when it is first asked for, in compiled code; these they raise without a frame of theirs.
_COMPILED = (KeyError, TypeError)
_ALGORITHMS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


class Standing(StrEnum):
    """What can be said of a proof here and now."""

    VERIFIED = "verified"
    READ = "read"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class ProofVerdict:
    """What a proof is worth.

    Attributes:
        sentence: in words, also what remains to be done.
    """

    standing: Standing
    sentence: str


@dataclass(frozen=True, slots=True)
class ReadProof:
    """A proof before it is stored."""

    kind: ProofKind
    algorithm: str
    stamped: str
    stamped_at: datetime | None = None
    authority: str = ""
    block: int | None = None


def import_proof(
    case: CaseFile, content: bytes, name: str, *, certificates: Sequence[bytes] = ()
) -> tuple[TimestampProof, ProofVerdict]:
    """Keep a proof with the exhibit or the hash list whose digest it stamps; the thread that owns the case.

    A proof that is there already is not stored twice; certificates that come with it are added to it.

    Args:
        content: of the ``.tsr`` or ``.ots`` file.
        name: its file name.
        certificates: files with the authority's certificates, PEM or DER, down from its root.

    Raises:
        InputError: it cannot be read, stamps nothing that is in the case, or does not hold.
    """
    read = read_proof(content)
    pem = to_pem(certificates)
    digest = hashlib.sha256(content).hexdigest()
    owner = _owner(case, read)
    row = case.session.scalars(select(TimestampProof).where(TimestampProof.sha256 == digest)).first()
    if row is None:
        row = TimestampProof(
            kind=read.kind,
            algorithm=read.algorithm,
            stamped=read.stamped,
            stamped_at=read.stamped_at,
            authority=read.authority,
            bitcoin_block=read.block,
            file_name=clean_text(name, multiline=False),
            sha256=digest,
            proof=base64.b64encode(content).decode("ascii"),
            certificates=pem,
            added_at=now(),
        )
        if isinstance(owner, Evidence):
            row.evidence_id = owner.id
        else:
            row.hash_list_id = owner.id
        verdict = _judge(case, row)
        _refuse_broken(verdict)
        with case.change(_("Keep the timestamp “{name}”").format(name=row.file_name)):
            owner.proofs.append(row)
        return row, verdict
    if pem and pem != row.certificates:
        _refuse_broken(_judge(case, row, pem))
        with case.change(_("Certificates of the timestamp “{name}”").format(name=row.file_name)):
            row.certificates = pem
    return row, _judge(case, row)


def judge(case: CaseFile, row: TimestampProof) -> ProofVerdict:
    """Verify a stored proof against what it stamps, as that is now; no network."""
    return _judge(case, row)


def proofs(case: CaseFile) -> list[tuple[TimestampProof, ProofVerdict]]:
    """All proofs of the case with what each is worth now, oldest first."""
    rows = case.session.scalars(select(TimestampProof).order_by(TimestampProof.id))
    return [(row, _judge(case, row)) for row in rows]


def _refuse_broken(verdict: ProofVerdict) -> None:
    if verdict.standing is Standing.BROKEN:
        raise InputError(
            verdict.sentence, _("Nothing was stored. Check that the file and the certificates belong together.")
        )


def read_proof(content: bytes) -> ReadProof:
    """What a proof says, before anything is known of the case.

    Raises:
        InputError: it is none.
    """
    if len(content) > _LARGEST:
        raise _unknown()
    if is_ots(content):
        proof = read_ots(content)
        block = proof.commitments[0].height if proof.commitments else None
        return ReadProof(ProofKind.OPENTIMESTAMPS, proof.algorithm, proof.digest, block=block)
    try:
        with foreign("rfc3161-client", *_COMPILED):
            return _read_tsr(decode_timestamp_response(content))
    except Damaged as damage:
        raise _unknown() from damage


def _read_tsr(response: TimeStampResponse) -> ReadProof:
    info = response.tst_info
    algorithm = _ALGORITHMS.get(info.message_imprint.hash_algorithm.dotted_string)
    if algorithm is None:
        raise InputError(
            _("The timestamp uses a hash algorithm that is not supported."), _("Have it made with SHA-256.")
        )
    return ReadProof(
        ProofKind.RFC_3161,
        algorithm,
        info.message_imprint.message.hex(),
        info.gen_time.astimezone(UTC),
        _authority(response),
    )


def _unknown() -> InputError:
    return InputError(
        _("This is neither an RFC 3161 response nor an OpenTimestamps proof."),
        _("Choose the .tsr or .ots file exactly as you received it."),
    )


def _authority(response: TimeStampResponse) -> str:
    """The name in the signer's certificate, where the answer brings it; else who issued it."""
    signers = _signers(response, ())
    return _named(signers[0]) if signers else ""


def _owner(case: CaseFile, read: ReadProof) -> Evidence | HashList:
    item = case.session.scalars(
        select(Evidence).where(Evidence.sha256 == read.stamped, Evidence.sha256 != "").order_by(Evidence.id)
    ).first()
    if item is not None and read.algorithm == "sha256":
        return item
    for row in case.session.scalars(select(HashList).order_by(HashList.id)):
        if read.stamped in _digests(row.root, read.algorithm):
            return row
    raise InputError(
        _("The proof is for the hash {digest}, which belongs to no exhibit and no hash list of this case.").format(
            digest=read.stamped
        ),
        _("Open the case it was made for; a hash list must have been written by “magdesk hashes”."),
    )


def _digests(root: str, algorithm: str) -> set[str]:
    """What may be stamped for a root: the digest of its file, or the root itself."""
    found = {hashlib.new(algorithm, root_text(root)).hexdigest()} if algorithm in _ALGORITHMS.values() else set()
    return found | {root} if algorithm == "sha256" else found


def _judge(case: CaseFile, row: TimestampProof, pem: str | None = None) -> ProofVerdict:
    problem = _mismatch(case, row)
    if problem:
        return ProofVerdict(Standing.BROKEN, problem)
    content = base64.b64decode(row.proof)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        return ProofVerdict(Standing.BROKEN, _("The stored proof is not the one that was imported."))
    if row.kind is ProofKind.OPENTIMESTAMPS:
        return _judge_ots(read_ots(content), row)
    return judge_answer(content, row, row.certificates if pem is None else pem)


def judge_answer(content: bytes, row: TimestampProof, pem: str) -> ProofVerdict:
    """What an RFC 3161 answer is worth for the digest that the row says it stamps."""
    try:
        with foreign("rfc3161-client", *_COMPILED):
            return _judge_tsr(decode_timestamp_response(content), row, pem)
    except Damaged as damage:
        reason = clean_text(damage.said or damage.reason, multiline=False).rstrip(".")
        return ProofVerdict(Standing.BROKEN, _("The timestamp does not verify: {reason}.").format(reason=reason))


def _mismatch(case: CaseFile, row: TimestampProof) -> str:
    """What keeps the proof from being about what it is kept with; empty when nothing does."""
    if row.evidence_id is not None:
        item = case.session.get(Evidence, row.evidence_id)
        if item is None or item.sha256 != row.stamped:
            return _("The proof is for a different hash than that of the exhibit.")
        return ""
    hash_list = case.session.get(HashList, row.hash_list_id)
    if hash_list is None or row.stamped not in _digests(hash_list.root, row.algorithm):
        return _("The proof is for a different hash than that of the hash list.")
    try:
        verified_listing(case.custody(), hash_list)
    except CaseFileDamaged as error:
        return error.message
    return ""


def _judge_tsr(response: TimeStampResponse, row: TimestampProof, pem: str) -> ProofVerdict:
    info = response.tst_info
    if info.message_imprint.message.hex() != row.stamped:
        return ProofVerdict(Standing.BROKEN, _("The timestamp is for a different hash."))
    moment = f"{info.gen_time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    who = row.authority or _("an authority that the proof does not name")
    certificates = x509.load_pem_x509_certificates(pem.encode("ascii")) if pem else []
    roots = [one for one in certificates if one.issuer == one.subject]
    if not roots:
        return ProofVerdict(
            Standing.READ,
            _(
                "States that the hash existed on {moment}, according to {who}. Not verified: the root "
                "certificate of the authority is missing."
            ).format(moment=moment, who=who),
        )
    builder = VerifierBuilder(roots=roots, intermediates=[one for one in certificates if one not in roots])
    signer = _signer(response, certificates)
    if signer is not None:
        builder = builder.tsa_certificate(signer)
    chain = _chain(response, certificates)
    for one in chain:
        if not one.not_valid_before_utc <= info.gen_time <= one.not_valid_after_utc:
            return ProofVerdict(
                Standing.BROKEN,
                _(
                    "The timestamp is not valid: it states {moment}, but the certificate “{name}” was valid only "
                    "from {first} to {last}."
                ).format(
                    moment=moment,
                    name=_named(one),
                    first=f"{one.not_valid_before_utc:%Y-%m-%d}",
                    last=f"{one.not_valid_after_utc:%Y-%m-%d}",
                ),
            )
    builder.build().verify(response, bytes.fromhex(row.stamped))
    sentence = _(
        "Verified against the given root: the hash existed on {moment}, according to {who}. Revocation "
        "was not checked."
    ).format(moment=moment, who=who)
    ended = min((one.not_valid_after_utc for one in chain), default=None)
    if ended is not None and ended < now():
        sentence += " " + _(
            "The authority’s certificate was valid then and expired on {day}. Since that day no one vouches "
            "for its key: have the proof itself timestamped again, and keep both."
        ).format(day=f"{ended:%Y-%m-%d}")
    return ProofVerdict(Standing.VERIFIED, sentence)


def _signers(response: TimeStampResponse, given: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """The signer's certificate, out of the answer or among those given."""
    signers = response.signed_data.signer_infos
    return [
        one
        for one in (*_brought(response), *given)
        if any((one.issuer, one.serial_number) == (info.issuer, info.serial_number) for info in signers)
    ]


def _named(certificate: x509.Certificate) -> str:
    return clean_text(certificate.subject.rfc4514_string(), multiline=False)


def _whole(content: bytes) -> x509.Certificate:
    """A certificate of which everything that is asked for later can be read.

    Raises:
        Damaged: it is none, or holds what X.509 does not have.
    """
    with foreign("cryptography", *_COMPILED):
        certificate = x509.load_der_x509_certificate(content)
        certificate.subject.rfc4514_string()
        certificate.issuer.rfc4514_string()
        # Asked for now because the library reads each part only then.
        _parts = (certificate.serial_number, certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    return certificate


def _brought(response: TimeStampResponse) -> list[x509.Certificate]:
    """The certificates in the answer, without those that are none."""
    found = []
    for content in sorted(response.signed_data.certificates):
        try:
            found.append(_whole(content))
        except Damaged:  # The proof itself is judged elsewhere.
            continue
    return found


def _chain(response: TimeStampResponse, given: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """The signer's certificate and those above it, as far as they are there."""
    chain = _signers(response, given)[:1]
    issuers = [*given, *_brought(response)]
    while chain and chain[-1].issuer != chain[-1].subject and len(chain) <= len(issuers):
        above = next((one for one in issuers if one.subject == chain[-1].issuer), None)
        if above is None:
            break
        chain.append(above)
    return chain


def _signer(response: TimeStampResponse, given: Sequence[x509.Certificate]) -> x509.Certificate | None:
    """The signer's certificate among those given, for an answer that does not bring it."""
    return None if response.signed_data.certificates else next(iter(_signers(response, given)), None)


def _judge_ots(proof: OtsProof, row: TimestampProof) -> ProofVerdict:
    if proof.digest != row.stamped:
        return ProofVerdict(Standing.BROKEN, _("The proof is for a different hash."))
    if not proof.commitments:
        calendars = ", ".join(clean_text(uri, multiline=False) for uri in proof.pending) or _("no calendar")
        return ProofVerdict(
            Standing.READ,
            _("Not yet in a block: promised by {calendars}. Upgrade the proof, then import it again.").format(
                calendars=calendars
            ),
        )
    first = proof.commitments[0]
    if not first.merkle_root:
        return ProofVerdict(
            Standing.READ,
            _(
                "Commits to Bitcoin block {block}, through operations that this program cannot compute. Not verified."
            ).format(block=first.height),
        )
    return ProofVerdict(
        Standing.READ,
        _(
            "Commits to Bitcoin block {block}. Not verified: it is valid if the header of that block has the "
            "Merkle root {root}."
        ).format(block=first.height, root=first.merkle_root),
    )


def to_pem(files: Sequence[bytes]) -> str:
    """Certificates of several files as one PEM text.

    Raises:
        InputError: a file holds none.
    """
    found: dict[bytes, str] = {}
    for content in files:
        try:
            with foreign("cryptography", *_COMPILED):
                loaded = (
                    x509.load_pem_x509_certificates(content)
                    if b"-----BEGIN" in content
                    else [x509.load_der_x509_certificate(content)]
                )
            for one in loaded:
                der = one.public_bytes(Encoding.DER)
                _whole(der)
                found[der] = one.public_bytes(Encoding.PEM).decode("ascii")
        except Damaged as damage:
            raise InputError(
                _("A certificate file cannot be read."), _("Choose certificates in PEM or DER form.")
            ) from damage
    return "".join(found.values())
