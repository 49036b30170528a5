"""Keeping the law current: what is known of each regime, importing a signed update, taking it back, making one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from magdesk import paths, unfinished
from magdesk.errors import InputError, RegimeError, UserError
from magdesk.plainfiles import read_plain, walk
from magdesk.regimes.difference import LawChange, law_difference
from magdesk.regimes.edition import Edition
from magdesk.regimes.guarded import refuse_weakening
from magdesk.regimes.kept import (
    SignedUpdate,
    authenticate,
    kept_file,
    kept_update,
    signers_file,
    trusted_signers,
)
from magdesk.regimes.loader import law_folders, load_law, shipped_edition
from magdesk.regimes.reading import read_text
from magdesk.regimes.regime import Law
from magdesk.regimes.update import KINDS, LARGEST, NAMESPACE, LawUpdate, read_update, write_update
from magdesk.signing.signature import SigningKey, read_signed, sign, verify
from magdesk.signing.signers import (
    Signer,
    read_public_key,
    same_fingerprint,
    usable_name,
    write_signers,
)

_SOON = timedelta(days=30)
_CLOCKS_DIFFER = timedelta(days=1)
_LONGEST_KEY = 1 << 16

# ------------------------------------------------------------------------------------------------- regimes


class LookState(StrEnum):
    """Whether the next comparison with the official text is still to come."""

    FINE = "fine"
    DUE = "due"
    OVERDUE = "overdue"


class Origin(StrEnum):
    """Where the file of a regime comes from."""

    PROGRAM = "program"
    UPDATE = "update"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class RegimeDates:
    """What is known of one regime's dates.

    Attributes:
        regime: its code.
        as_of: the day up to which its file follows the law.
        in_force_until: the last day of the law, unless it is prolonged; none where it has no end.
        ended: whether that day is past.
        next_look: when it must be compared with the official text again.
        look_at: with which.
        state: of that comparison; due in its last thirty days.
        origin: whose file it is.
    """

    regime: str
    title: str
    jurisdiction: str
    as_of: date
    in_force_until: date | None
    ended: bool
    next_look: date
    look_at: str
    state: LookState
    origin: Origin


def regime_dates(law: Law, today: date) -> tuple[RegimeDates, ...]:
    """The dates of all regimes, in the order of the law."""

    def state(look: date) -> LookState:
        if today > look:
            return LookState.OVERDUE
        return LookState.DUE if look - today <= _SOON else LookState.FINE

    def origin(code: str) -> Origin:
        name = f"regimes/{code}.toml"
        if name in law.state.own:
            return Origin.OWN
        return Origin.UPDATE if name in law.state.updated else Origin.PROGRAM

    return tuple(
        RegimeDates(
            regime=regime.code,
            title=regime.title,
            jurisdiction=regime.jurisdiction,
            as_of=regime.as_of,
            in_force_until=regime.in_force_until,
            ended=regime.in_force_until is not None and today > regime.in_force_until,
            next_look=regime.next_look,
            look_at=regime.look_at,
            state=state(regime.next_look),
            origin=origin(regime.code),
        )
        for regime in law.regimes.values()
    )


# ------------------------------------------------------------------------------------------------- updates


@dataclass(frozen=True, slots=True)
class ProposedUpdate:
    """An update that was read and found in order, before it counts.

    Attributes:
        law: the law as it would be.
        changes: what it would say otherwise than now.
        hidden_by_own: files of the update before which a file of the clinic stands, so that they say nothing.
        made_from_other: its maker had another state of the law before them than the one that counts here.
        present: it counts already.
    """

    signed: SignedUpdate
    law: Law
    changes: tuple[LawChange, ...]
    hidden_by_own: tuple[str, ...]
    made_from_other: bool
    present: bool

    @property
    def update(self) -> LawUpdate:
        """What it says."""
        return self.signed.update


class OlderUpdate(InputError):
    """An update that would put older law in the place of what counts; whoever wants that can say so."""


def examine_update(path: Path, today: date, *, older: bool = False) -> ProposedUpdate:
    """Read a signed law update and say what it would change. Nothing is written.

    Args:
        older: take it although the law that counts here is as new, or newer.

    Raises:
        UnknownSigner: nobody here trusts the key that signed it.
        OlderUpdate: the law that counts here is as new, or newer.
        InputError: it is not signed rightly, is no law update, or may not count.
    """
    signed = authenticate(read_signed(path, LARGEST))
    update = signed.update
    law, kept = load_law(), kept_update()
    present = kept is not None and kept.signed.content == signed.signed.content and not law.state.outdated
    shipped = shipped_edition(paths.resource())
    if update.edition.as_of > today + _CLOCKS_DIFFER:
        raise InputError(
            f"The law update is dated {update.edition.as_of.isoformat()}, which is in the future.",
            "Check the date of this computer; if it is right, ask whoever made the update.",
        )
    if update.edition <= shipped:
        raise InputError(
            f"The law update is of {_words(update.edition)}; the law that came with the program is of "
            f"{_words(shipped)}.",
            "Ask for a newer one. This one would never be used.",
        )
    if update.edition <= law.state.edition and not (older or present):
        raise OlderUpdate(
            f"The law update is of {_words(update.edition)}; the law that counts here is of "
            f"{_words(law.state.edition)}.",
            "Someone may want you to plead law that is no longer in force. To import it nevertheless, use --older.",
        )
    proposed = load_law(law_folders(), update)
    refuse_weakening(load_law((paths.resource(),)), load_law((paths.resource(),), update))
    return ProposedUpdate(
        signed=signed,
        law=proposed,
        changes=law_difference(law, proposed),
        hidden_by_own=tuple(sorted(set(update.files) & set(proposed.state.own))),
        made_from_other=bool(update.follows_digest) and update.follows_digest != law.state.digest and not present,
        present=present,
    )


def accept_update(proposed: ProposedUpdate) -> Law:
    """Let an update count from now on, in the place of any earlier one. Whole or not at all.

    Returns:
        The law as it is now.

    Raises:
        InputError: it could not be kept.
    """
    _write(kept_file(), proposed.signed.signed.joined)
    return load_law()


def revert_update() -> bool:
    """Go back to the law that came with the program; whether there was an update. Works however damaged it is.

    Raises:
        InputError: it could not be removed.
    """
    try:
        kept_file().unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise InputError(f"The law update cannot be removed: {error.strerror}.", f"Remove {kept_file()}") from error
    return True


# ------------------------------------------------------------------------------------------------- signers


def key_in(path: Path) -> tuple[SigningKey, str]:
    """The key of a public key file, or the one that signed a law update; and what the file calls its owner.

    Raises:
        InputError: there is none, or the signature is wrong.
    """
    try:
        data = read_plain(path, LARGEST)
    except OSError as error:
        raise InputError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if data.startswith(b"ssh-"):
        return read_public_key(data[:_LONGEST_KEY].decode("utf-8", "replace"))
    signed = read_signed(path, LARGEST)
    key = verify(signed, NAMESPACE)
    return key, read_update(signed.content).issuer


def trust(key: SigningKey, fingerprint: str, name: str) -> Signer:
    """Let the law updates of a key count.

    Args:
        fingerprint: as its owner told it, by another way than the key itself came.
        name: what its owner is called here.

    Raises:
        InputError: it is not the fingerprint of this key, or the key is trusted already.
    """
    if not same_fingerprint(fingerprint, key):
        raise InputError(
            f"This is not the fingerprint of the key, which is {key.fingerprint}.",
            "If you typed what its owner told you, this is another key: do not trust it.",
        )
    signer = Signer(usable_name(name), key)
    known = trusted_signers()
    if any(one.key == key for one in known):
        raise InputError("This key is already trusted.")
    own = [one for one in known if not one.ours]
    _write(signers_file(), write_signers([*own, signer], NAMESPACE).encode("utf-8"))
    return signer


def distrust(fingerprint: str) -> Signer:
    """Let the law updates of a key count no more.

    Raises:
        UserError: there is no such key, it came with the program, or the update that counts is signed with it.
    """
    known = trusted_signers()
    signer = next((one for one in known if same_fingerprint(fingerprint, one.key)), None)
    if signer is None or signer.ours:
        raise UserError(
            "You trust no key with that fingerprint."
            if signer is None
            else "That key came with the program and cannot be removed.",
            "The list of keys: magdesk law --signers",
        )
    try:
        kept = kept_update()
    except RegimeError:
        kept = None
    if kept is not None and kept.signer.key == signer.key:
        raise UserError(
            "The law update in use here is signed with that key.", "Remove the update first: magdesk law --revert"
        )
    left = [one for one in known if not one.ours and one.key != signer.key]
    _write(signers_file(), write_signers(left, NAMESPACE).encode("utf-8"))
    return signer


# -------------------------------------------------------------------------------------------------- making


def pack_update(
    folder: Path, to: Path, edition: Edition, issuer: str, *, note: str = "", key: Path | None = None
) -> ProposedFile:
    """Make a law update of the law files in a folder, and sign it.

    The files are read as they would be here: an update that nobody could import is not made.

    Args:
        folder: holds ``regimes``, ``acts``, ``templates`` or ``guidance``; other things in it are left out.
        to: the file to be made; must not be there.
        key: private key of OpenSSH, without a passphrase; none leaves the signing to ``ssh-keygen``.

    Raises:
        InputError: the folder or the key is not what it should be, or the file cannot be written.
    """
    if to.exists():
        raise UserError(f"“{to.name}” already exists.", "Choose another name.")
    shipped = shipped_edition(paths.resource())
    if edition <= shipped:  # It would count nowhere, so that nothing in it would be tried below either.
        raise InputError(
            f"The law that came with the program is of {_words(shipped)} and would take precedence over this one.",
            "Give the update a later --date, or on the same day a higher --serial.",
        )
    present = load_law()
    files = _law_files(folder)
    update = LawUpdate(edition, issuer, note, present.state.edition, present.state.digest, files)
    content = write_update(update)
    update = read_update(content)
    load_law(law_folders(), update)
    refuse_weakening(load_law((paths.resource(),)), load_law((paths.resource(),), update))
    data = content
    if key is not None:
        try:
            secret = read_plain(key, _LONGEST_KEY)
        except OSError as error:
            raise InputError(f"“{key.name}” cannot be read: {error.strerror}.") from error
        data = sign(content, secret, NAMESPACE).joined
    _write(to, data)
    return ProposedFile(to, tuple(sorted(files)), key is not None)


@dataclass(frozen=True, slots=True)
class ProposedFile:
    """A law update that was made.

    Attributes:
        files: the law files in it.
        signed: whether it is signed; otherwise ``ssh-keygen`` is still to do it.
    """

    path: Path
    files: tuple[str, ...]
    signed: bool


def _law_files(folder: Path) -> dict[str, str]:
    found = {
        name: read_text(one.path).text
        for one in walk(folder)
        if one.plain
        and (name := one.path.relative_to(folder).as_posix()).endswith(".toml")
        and name.partition("/")[0] in KINDS
    }
    if not found:
        raise InputError(
            f"“{folder.name}” holds no law files.",
            "Put them into folders called regimes, acts, templates or guidance, as in the program's resources.",
        )
    return found


def _write(final: Path, data: bytes) -> None:
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.making(final) as part:
            with part.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(final)
    except OSError as error:
        raise InputError(f"“{final.name}” cannot be written: {error.strerror}.", "Nothing was changed.") from error


def _words(edition: Edition) -> str:
    return f"{edition.as_of.isoformat()} (number {edition.serial})"


def changed_regimes(changes: Sequence[LawChange]) -> tuple[str, ...]:
    """The codes of the regimes that changes concern, also those that borrow what changed."""
    codes = [code for one in changes for code in ((one.code, *one.also) if one.part == "regimes" else one.also)]
    return tuple(dict.fromkeys(codes))
