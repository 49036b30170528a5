"""Hash lists that leave the house, and the proofs that come back."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from magdesk.casefile import CaseFile, custody
from magdesk.errors import CaseFileDamaged, InputError, UserError
from magdesk.model import Evidence, TimestampProof
from magdesk.model.evidence import ProofKind
from magdesk.services.dump.folder import dump_case, load_case
from magdesk.services.proofs import hashlists
from magdesk.services.proofs.hashlists import export_hash_list, merkle_root
from magdesk.services.proofs.opentimestamps import MAGIC, read_ots
from magdesk.services.proofs.timestamps import Standing, import_proof, judge
from magdesk.values import now
from tests.bench.mutating import mutant
from tests.casefile.cases import make_case

OPENSSL = shutil.which("openssl")
PROOFS = Path(__file__).parents[2] / "files" / "proofs"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """A new case, open."""
    with make_case(tmp_path / "generica.magdesk") as opened:
        yield opened


def add(case: CaseFile, content: bytes) -> Evidence:
    info = case.blobs.put(io.BytesIO(content))
    row = Evidence(sha256=info.sha256, size=info.size, media_type="text/plain")
    with case.change("Add") as session:
        session.add(row)
    return row


STARTED = now()
TODAY = STARTED.date()


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes into custody here comes on one day, be it midnight meanwhile."""
    monkeypatch.setattr(custody, "now", lambda: STARTED)


# ------------------------------------------------------------------------------------------------- hash lists


def test_the_tree_is_that_of_rfc_6962() -> None:
    leaf = [hashlib.sha256(bytes([number])).hexdigest() for number in range(5)]

    def hashed(prefix: bytes, *parts: bytes) -> bytes:
        return hashlib.sha256(prefix + b"".join(parts)).digest()

    a, b, c, d, e = (hashed(b"\x00", bytes.fromhex(text)) for text in leaf)
    left = hashed(b"\x01", hashed(b"\x01", a, b), hashed(b"\x01", c, d))
    assert merkle_root(leaf) == hashed(b"\x01", left, e).hex()
    assert merkle_root(leaf[:1]) == a.hex()
    assert merkle_root(leaf[:3]) == hashed(b"\x01", hashed(b"\x01", a, b), c).hex()


def test_only_a_root_leaves(case: CaseFile, tmp_path: Path) -> None:
    items = [add(case, b"secret %d" % number) for number in range(3)]
    files = export_hash_list(case, tmp_path / "root.txt", TODAY)
    root = files.root_file.read_bytes()
    assert root == f"{files.row.root}\n".encode()
    lines = files.list_file.read_text().split()
    assert lines[:-1] == sorted(item.sha256 for item in items)
    assert lines[-1] == case.custody()[5].hash, "the ledger up to there is stamped with it"
    assert merkle_root(lines) == files.row.root
    assert hashlists.days(case) == [TODAY]
    last = case.custody()[-1]
    assert (last.kind, last.output) == ("exported", files.row.root)
    assert case.verify() == []


def test_a_day_without_news_gives_the_same_list_again(case: CaseFile, tmp_path: Path) -> None:
    add(case, b"one")
    first = export_hash_list(case, tmp_path / "a.txt", TODAY)
    again = export_hash_list(case, tmp_path / "b.txt", TODAY)
    assert again.row.id == first.row.id
    assert again.root_file.read_bytes() == first.root_file.read_bytes()
    add(case, b"two")
    more = export_hash_list(case, tmp_path / "c.txt", TODAY)
    assert more.row.root != first.row.root
    assert hashlists.verified_listing(case.custody(), first.row).root == first.row.root


def test_a_day_on_which_nothing_came_is_said(case: CaseFile, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="2020-01-01"):
        export_hash_list(case, tmp_path / "root.txt", date(2020, 1, 1))
    add(case, b"one")
    (tmp_path / "root.txt").touch()
    with pytest.raises(UserError, match="exists"):
        export_hash_list(case, tmp_path / "root.txt", TODAY)


def test_a_list_that_the_ledger_no_longer_gives_is_found(case: CaseFile, tmp_path: Path) -> None:
    add(case, b"one")
    row = export_hash_list(case, tmp_path / "root.txt", TODAY).row
    with pytest.raises(CaseFileDamaged, match="no longer reproduces"):
        hashlists.verified_listing(case.custody()[1:], row)


# --------------------------------------------------------------------------------------------- RFC 3161, offline


@dataclass(frozen=True)
class Authority:
    """A timestamp authority of our own."""

    folder: Path
    root: bytes
    certificate: bytes

    def stamp(self, content: bytes, *options: str) -> bytes:
        """The answer to a request over the content."""
        (self.folder / "data").write_bytes(content)
        self.run("ts", "-query", "-data", "data", "-sha256", "-out", "q.tsq", *options)
        self.run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "r.tsr")
        return (self.folder / "r.tsr").read_bytes()

    def run(self, *arguments: str) -> None:
        assert OPENSSL is not None
        subprocess.run([OPENSSL, *arguments], cwd=self.folder, check=True, capture_output=True)


CONFIG = """
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[req]
distinguished_name = dn
[dn]
[tsa_config]
serial = serial
signer_cert = tsa.pem
certs = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
crypto_device = builtin
ess_cert_id_alg = sha256
"""


def made_authority(folder: Path, root: str, signer: str) -> Authority:
    """An authority at work in a folder, with keys and certificates that never change."""
    folder.mkdir()
    (folder / "tsa.cnf").write_text("[ts]\n[tsa]\ndefault_tsa = tsa_config\n" + CONFIG.replace("[tsa]", "[leaf]"))
    (folder / "serial").write_text("01\n")
    for source, name in ((f"{root}.key", "ca.key"), (f"{root}.pem", "ca.pem"), (f"{signer}.key", "tsa.key"),
                         (f"{signer}.pem", "tsa.pem")):  # fmt: skip
        shutil.copy(PROOFS / source, folder / name)
    return Authority(folder, (folder / "ca.pem").read_bytes(), (folder / "tsa.pem").read_bytes())


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that answers through openssl."""
    if OPENSSL is None:
        pytest.skip("openssl is not here to make timestamps with")
    return made_authority(tmp_path_factory.mktemp("tsa") / "one", "root", "signer")


def stored(name: str) -> bytes:
    """A proof as it was made once and for all."""
    return (PROOFS / name).read_bytes()


def test_a_timestamp_of_an_exhibit_is_kept_and_verifies(case: CaseFile, authority: Authority) -> None:
    item = add(case, b"letter")
    answer = authority.stamp(b"letter", "-cert")
    row, verdict = import_proof(case, answer, "letter.tsr", certificates=[authority.root])
    assert verdict.standing is Standing.VERIFIED, verdict.sentence
    assert "Generica Time" in verdict.sentence
    assert (row.evidence_id, row.kind, row.authority) == (item.id, ProofKind.RFC_3161, "CN=Generica Time")
    assert row.stamped_at is not None
    assert abs((now() - row.stamped_at).total_seconds()) < 3600
    last = case.custody()[-1]
    assert (last.kind, last.item, last.input) == ("timestamped", item.id, item.sha256)
    assert last.output == hashlib.sha256(answer).hexdigest()
    assert import_proof(case, answer, "again.tsr")[0].id == row.id
    assert case.verify() == []


def test_without_the_root_it_is_read_and_not_verified(case: CaseFile, authority: Authority) -> None:
    add(case, b"letter")
    answer = authority.stamp(b"letter", "-cert")
    row, verdict = import_proof(case, answer, "letter.tsr")
    assert verdict.standing is Standing.READ
    assert "root certificate" in verdict.sentence
    row, verdict = import_proof(case, answer, "letter.tsr", certificates=[authority.root])
    assert verdict.standing is Standing.VERIFIED
    assert judge(case, row).standing is Standing.VERIFIED


def test_an_answer_without_its_certificate_verifies_with_the_given_one(case: CaseFile, authority: Authority) -> None:
    add(case, b"letter")
    answer = authority.stamp(b"letter")
    _row, verdict = import_proof(case, answer, "letter.tsr", certificates=[authority.root, authority.certificate])
    assert verdict.standing is Standing.VERIFIED, verdict.sentence


def test_another_authority_does_not_vouch(case: CaseFile) -> None:
    add(case, b"letter")
    with pytest.raises(InputError, match="does not verify"):
        import_proof(case, stored("letter.tsr"), "letter.tsr", certificates=[stored("expired-root.pem")])
    assert case.session.query(TimestampProof).count() == 0


def renew(authority: Authority, first: datetime, last: datetime) -> Authority:
    """The authority with a certificate of its key that is valid for a while only."""
    root = x509.load_pem_x509_certificate(authority.root)
    old = x509.load_pem_x509_certificate(authority.certificate)
    key = serialization.load_pem_private_key((authority.folder / "ca.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    builder = x509.CertificateBuilder(root.subject, old.subject, old.public_key(), 77, first, last)
    for extension in old.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    made = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    (authority.folder / "tsa.pem").write_bytes(made)
    return Authority(authority.folder, authority.root, made)


def test_a_certificate_that_expired_after_it_stamped_is_said(case: CaseFile) -> None:
    add(case, b"letter")
    row, verdict = import_proof(
        case, stored("letter-expired.tsr"), "x.tsr", certificates=[stored("expired-root.pem")]
    )
    assert row.stamped_at is not None
    assert verdict.standing is Standing.VERIFIED, verdict.sentence
    assert f"expired on {row.stamped_at:%Y-%m-%d}" in verdict.sentence
    assert "was valid then" in verdict.sentence


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not here to make timestamps with")
@pytest.mark.parametrize(("first", "last"), [(-30, -10), (10, 30)])
def test_a_timestamp_outside_the_validity_of_its_certificate_is_refused(
    case: CaseFile, tmp_path: Path, first: int, last: int
) -> None:
    one = made_authority(tmp_path / "one", "root", "signer")
    add(case, b"letter")
    answer = renew(one, now() + timedelta(days=first), now() + timedelta(days=last)).stamp(b"letter", "-cert")
    with pytest.raises(InputError, match="was valid only from"):
        import_proof(case, answer, "letter.tsr", certificates=[one.root])
    assert case.session.query(TimestampProof).count() == 0


def test_a_changed_answer_does_not_verify(case: CaseFile) -> None:
    add(case, b"letter")
    answer = bytearray(stored("letter.tsr"))
    answer[-3] ^= 1
    with pytest.raises(InputError):
        import_proof(case, bytes(answer), "letter.tsr", certificates=[stored("root.pem")])


def test_a_timestamp_of_something_else_is_refused(case: CaseFile, authority: Authority) -> None:
    add(case, b"letter")
    with pytest.raises(InputError, match=hashlib.sha256(b"other").hexdigest()):
        import_proof(case, authority.stamp(b"other", "-cert"), "other.tsr")


def test_an_exhibit_whose_digest_was_exchanged_breaks_its_proof(case: CaseFile, authority: Authority) -> None:
    item = add(case, b"letter")
    row, _verdict = import_proof(case, authority.stamp(b"letter", "-cert"), "x.tsr", certificates=[authority.root])
    with case.change("Exchange"):
        item.sha256 = case.blobs.put(io.BytesIO(b"forged")).sha256
    assert judge(case, row).standing is Standing.BROKEN


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_a_timestamp_of_a_list_is_kept_with_it(
    case: CaseFile, authority: Authority, tmp_path: Path, algorithm: str
) -> None:
    add(case, b"letter")
    files = export_hash_list(case, tmp_path / "root.txt", TODAY)
    add(case, b"later")
    answer = authority.stamp(files.root_file.read_bytes(), "-cert", f"-{algorithm}")
    row, verdict = import_proof(case, answer, "root.tsr", certificates=[authority.root])
    assert verdict.standing is Standing.VERIFIED, verdict.sentence
    assert (row.hash_list_id, row.evidence_id, row.algorithm) == (files.row.id, None, algorithm)
    assert case.verify() == []


def test_proofs_survive_a_dump(case: CaseFile, authority: Authority, tmp_path: Path) -> None:
    add(case, b"letter")
    files = export_hash_list(case, tmp_path / "root.txt", TODAY)
    import_proof(case, authority.stamp(files.root_file.read_bytes(), "-cert"), "x", certificates=[authority.root])
    dump = dump_case(case, tmp_path / "dump").folder
    with load_case(dump, tmp_path / "copy.magdesk", "four words make sense") as copy:
        row = copy.session.query(TimestampProof).one()
        assert judge(copy, row).standing is Standing.VERIFIED


@pytest.mark.parametrize("content", [b"", b"\x30", b"\x30\x03\x02\x01\x02", b"x" * 300_000, MAGIC, MAGIC + b"\x01"])
def test_what_is_no_proof_is_refused(case: CaseFile, content: bytes) -> None:
    with pytest.raises(InputError):
        import_proof(case, content, "x.tsr")


def test_what_is_no_certificate_is_refused(case: CaseFile, authority: Authority) -> None:
    add(case, b"letter")
    for junk in (b"junk", b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"):
        with pytest.raises(InputError, match="certificate"):
            import_proof(case, authority.stamp(b"letter", "-cert"), "x.tsr", certificates=[junk])


@pytest.mark.parametrize("name", ["letter.tsr", "letter-without-certificate.tsr", "letter-expired.tsr"])
def test_damaged_answers_never_crash(case: CaseFile, name: str) -> None:
    add(case, b"letter")
    certificates = [stored("root.pem"), stored("signer.pem"), stored("expired-root.pem")]
    for number in range(300):
        try:
            row, _verdict = import_proof(
                case, mutant(stored(name), f"{name}/{number}"), "x.tsr", certificates=certificates
            )
        except InputError:
            continue
        # What is left unsigned by the format may differ; the statement itself may not.
        assert row.stamped == hashlib.sha256(b"letter").hexdigest()


def test_a_certificate_with_a_name_that_x509_does_not_have_is_no_fault(case: CaseFile) -> None:
    add(case, b"letter")
    # The type of the string in the signer's name: 12 is UTF8String, 0 is none at all.
    answer = stored("letter.tsr").replace(b"\x0c\x0dGenerica Time", b"\x00\x0dGenerica Time")
    assert answer != stored("letter.tsr")
    with pytest.raises(InputError, match="does not verify"):
        import_proof(case, answer, "x.tsr", certificates=[stored("root.pem")])
    odd = stored("signer.der").replace(b"\x0c\x0dGenerica Time", b"\x00\x0dGenerica Time")
    with pytest.raises(InputError, match="certificate"):
        import_proof(case, stored("letter.tsr"), "x.tsr", certificates=[odd])


# ------------------------------------------------------------------------------------------------ OpenTimestamps

# Written by the reference client's library over b"hello\n": an append/SHA-256/prepend/SHA-256 branch to block 358391
# with a pending calendar on the way, a SHA-1/RIPEMD-160 branch to block 5, a Keccak branch to block 9, and an
# attestation of unknown kind.
REFERENCE = bytes.fromhex(
    "004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401085891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34"
    "d08286a2e846f6be03ff020308000588960d73d719010105ff67000588960d73d719010109fff00361626308ff0083dfe30d2ef90c8e2e2d"
    "68747470733a2f2f616c6963652e6274632e63616c656e6461722e6f70656e74696d657374616d70732e6f7267f1027a7a08000588960d73"
    "d7190103f7ef15f2f30031323334353637380178"
)
ROOT_358391 = "6b702ca4c94a38516bbcb3d8e19733019ecaa6fba051b816e8a62d567afa0e0e"


def small_ots(digest: str, attestation: bytes) -> bytes:
    """A proof of one SHA-256 step."""
    return MAGIC + b"\x01\x08" + bytes.fromhex(digest) + b"\x08\x00" + attestation


BLOCK = bytes.fromhex("0588960d73d71901") + b"\x03\xf7\xef\x15"
CALENDAR = bytes.fromhex("83dfe30d2ef90c8e") + b"\x0f\x0ehttps://a.test"


def test_a_proof_reads_as_the_reference_client_reads_it() -> None:
    proof = read_ots(REFERENCE)
    assert proof.digest == hashlib.sha256(b"hello\n").hexdigest()
    assert {block.height: block.merkle_root for block in proof.commitments}[358391] == ROOT_358391
    assert [block.height for block in proof.commitments] == [5, 9, 358391]
    assert proof.commitments[1].merkle_root == ""
    assert proof.pending == ("https://alice.btc.calendar.opentimestamps.org",)
    assert proof.unknown == 1


def test_a_proof_says_what_is_still_to_be_looked_up(case: CaseFile) -> None:
    item = add(case, b"letter")
    row, verdict = import_proof(case, small_ots(item.sha256, BLOCK), "letter.ots")
    root = hashlib.sha256(hashlib.sha256(b"letter").digest()).digest()[::-1].hex()
    assert verdict.standing is Standing.READ
    assert "block 358391" in verdict.sentence
    assert root in verdict.sentence
    assert "Not verified" in verdict.sentence
    assert (row.kind, row.bitcoin_block, row.evidence_id) == (ProofKind.OPENTIMESTAMPS, 358391, item.id)


def test_a_promise_is_told_from_a_commitment(case: CaseFile, tmp_path: Path) -> None:
    add(case, b"letter")
    files = export_hash_list(case, tmp_path / "root.txt", TODAY)
    stamped = hashlib.sha256(files.root_file.read_bytes()).hexdigest()
    row, verdict = import_proof(case, small_ots(stamped, CALENDAR), "root.txt.ots")
    assert "https://a.test" in verdict.sentence
    assert (row.bitcoin_block, row.hash_list_id) == (None, files.row.id)
    upgraded, verdict = import_proof(case, small_ots(stamped, BLOCK), "root.txt.ots")
    assert upgraded.id != row.id
    assert "block 358391" in verdict.sentence


def test_every_cut_off_proof_is_refused() -> None:
    for length in range(len(REFERENCE)):
        with pytest.raises(InputError):
            read_ots(REFERENCE[:length])
    with pytest.raises(InputError):
        read_ots(REFERENCE + b"x")


@pytest.mark.parametrize(
    "tail",
    [
        b"\xff" * 200_000,
        b"\xf2" * 200_000,
        b"\xf3" * 20,
        b"\xf0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\xf0\x80\x80\x80\x80\x10" + b"x" * 100,
        b"\x42",
    ],
)
def test_hostile_proofs_are_refused(tail: bytes) -> None:
    with pytest.raises(InputError):
        read_ots(MAGIC + b"\x01\x08" + bytes(32) + tail)
    with pytest.raises(InputError, match="version"):
        read_ots(MAGIC + b"\x02\x08" + bytes(32))
