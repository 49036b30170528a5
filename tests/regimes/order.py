"""Section 1(a) of Executive Order 13818 as published in 82 FR 60839, copied by hand for comparison."""

# ruff: noqa: E501

from __future__ import annotations

SECTION_1_A = """
(ii) any foreign person determined by the Secretary of the Treasury, in consultation with the Secretary of State and
the Attorney General:
(A) to be responsible for or complicit in, or to have directly or indirectly engaged in, serious human rights abuse;
(B) to be a current or former government official, or a person acting for or on behalf of such an official, who is
responsible for or complicit in, or has directly or indirectly engaged in:
(1) corruption, including the misappropriation of state assets, the expropriation of private assets for personal gain,
corruption related to government contracts or the extraction of natural resources, or bribery; or
(2) the transfer or the facilitation of the transfer of the proceeds of corruption;
(C) to be or have been a leader or official of:
(1) an entity, including any government entity, that has engaged in, or whose members have engaged in, any of the
activities described in subsections (ii)(A), (ii)(B)(1), or (ii)(B)(2) of this section relating to the leader's or
official's tenure; or
(2) an entity whose property and interests in property are blocked pursuant to this order as a result of activities
related to the leader's or official's tenure; or
(D) to have attempted to engage in any of the activities described in subsections (ii)(A), (ii)(B)(1), or (ii)(B)(2)
of this section; and
(iii) any person determined by the Secretary of the Treasury, in consultation with the Secretary of State and the
Attorney General:
(A) to have materially assisted, sponsored, or provided financial, material, or technological support for, or goods or
services to or in support of:
(1) any activity described in subsections (ii)(A), (ii)(B)(1), or (ii)(B)(2) of this section that is conducted by a
foreign person;
(2) any person whose property and interests in property are blocked pursuant to this order; or
(3) any entity, including any government entity, that has engaged in, or whose members have engaged in, any of the
activities described in subsections (ii)(A), (ii)(B)(1), or (ii)(B)(2) of this section, where the activity is conducted
by a foreign person;
(B) to be owned or controlled by, or to have acted or purported to act for or on behalf of, directly or indirectly, any
person whose property and interests in property are blocked pursuant to this order; or
(C) to have attempted to engage in any of the activities described in subsections (iii)(A) or (B) of this section.
"""

PREAMBLE_AND_OTHERS = """
have reached such scope and gravity that they threaten the stability of international political and economic systems.
Human rights abuse and corruption undermine the values that form an essential foundation of stable, secure, and
functioning societies; have devastating impacts on individuals; weaken democratic institutions; degrade the rule of
law; perpetuate violent conflicts; facilitate the activities of dangerous persons; and undermine economic markets.
The United States seeks to impose tangible and significant consequences on those who commit serious human rights abuse
or engage in corruption, as well as to protect the financial system of the United States from abuse by these same
persons.
All property and interests in property that are in the United States, that hereafter come within the United States, or
that are or hereafter come within the possession or control of any United States person of the following persons are
blocked and may not be transferred, paid, exported, withdrawn, or otherwise dealt in:
The unrestricted immigrant and nonimmigrant entry into the United States of aliens determined to meet one or more of
the criteria in section 1 of this order would be detrimental to the interests of the United States, and the entry of
such persons into the United States, as immigrants or nonimmigrants, is hereby suspended Such persons shall be treated
I find that because of the ability to transfer funds or other assets instantaneously, prior notice to such persons of
measures to be taken pursuant to this order would render those measures ineffectual
"""

SECTION_7031C = (
    "Officials of foreign governments and their immediate family members about whom the Secretary of State has credible"
    " information have been involved, directly or indirectly, in significant corruption, including corruption related"
    " to the extraction of natural resources, or a gross violation of human rights, including the wrongful detention of"
    " locally employed staff of a United States diplomatic mission or a United States citizen or national, shall be"
    " ineligible for entry into the United States."
)


def flat(text: str) -> str:
    """One line, single spaces."""
    return " ".join(text.split())
