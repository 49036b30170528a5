"""The right answers: which paragraph fits which target of the sample and of the two invented cases, and why.

Each row was read against the law as the program ships it: what it says of whom a paragraph reaches, which acts, which
office and which victims. No lawyer has read it; a change here is other advice to one, so it is to be meant. ``+``
stands where a paragraph fits, ``~`` where something is in its way, ``?`` where it cannot be told yet, ``-`` where it
does not fit; behind ``>`` what is to be pleaded, best first. The second text is the reason of the row.
"""

from __future__ import annotations

RIGHT: dict[str, dict[str, tuple[str, str]]] = {
    "VERANTI, Osmund Kale": {
        "us-glomag": (
            "HR-1- CO-1+ CO-2? LD-1+ LD-2- AT-1? MA-1? MA-2? MA-3? OC-1- AT-2? > CO-1 LD-1",
            (
                "A minister took a bribe: section 1(a)(ii)(B)(1), and (C)(1) as leader of his ministry; he moved "
                "no money himself, and he acts for nobody."
            ),
        ),
        "us-7031c": (
            "GV- SC+ WD- FM- > SC",
            "A minister is an official, and a concession sold for millions is significant.",
        ),
        "uk-ghr": (
            "GHR-A- GHR-B- GHR-C- GHR-D- GHR-S- GHR-E- GHR-F- GHR-G- GHR-O-",
            (
                "Corruption has regulations of its own; these reach the rights to life, against torture and "
                "against slavery."
            ),
        ),
        "uk-gac": (
            "GAC-A+ GAC-B? GAC-C? GAC-D? GAC-E? GAC-F? GAC-G? GAC-H- GAC-O+ > GAC-A GAC-O",
            (
                "Bribery, taken by a minister; association with his wife, who acts for him, is shown; helping, "
                "profiting or hiding need facts."
            ),
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C+ JV-D? > JV-C",
            (
                "Significant corruption of a foreign official, paragraph (c); whom it harmed opens no paragraph "
                "on abuse."
            ),
        ),
        "ca-sema": (
            "SE-C- SE-D+ > SE-D",
            "Acts of significant corruption by an official, section 4(1.1)(d); no gross violation of rights.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C- EU-D- EU-S-",
            "The Union’s regime does not reach corruption.",
        ),
        "au-6a": (
            "AU-HR- AU-CO~ AU-FAM- AU-BEN? > AU-CO",
            "Serious corruption, and one incident is entered: its gravity, or the pattern, is to be shown.",
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "The policy is about acts against dissidents for a foreign government, and not about corruption.",
        ),
        "us-pp7750": (
            "PP-1?",
            "Corruption of or with an official; which American interest it harmed is open.",
        ),
        "us-pp8697": (
            "PP-1-",
            "It is about violations of human rights, and only corruption is entered.",
        ),
        "us-pp10685": (
            "PP-1+ PP-2- > PP-1",
            "It bars officials who took part in corruption, and who gave or took a bribe with them.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I?",
            (
                "No torture, killing, trafficking or attack on religion; whether anybody trafficked or laundered "
                "is open under (2)(I)."
            ),
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "VERANTI, Elspeth Maro": {
        "us-glomag": (
            "HR-1- CO-1+ CO-2+ LD-1- LD-2- AT-1? MA-1? MA-2? MA-3? OC-1~ AT-2? > CO-1 CO-2",
            (
                "She acts for an official, took the bribe through her company and signed the transfers: (B)(1) "
                "and (B)(2); (iii)(B) hangs on him."
            ),
        ),
        "us-7031c": (
            "GV- SC- WD- FM+ > FM",
            "She holds no office: only as the wife of the official, section 7031(c)(1)(A).",
        ),
        "uk-ghr": (
            "GHR-A- GHR-B- GHR-C- GHR-D- GHR-S- GHR-E- GHR-F- GHR-G- GHR-O-",
            (
                "Corruption has regulations of its own; these reach the rights to life, against torture and "
                "against slavery."
            ),
        ),
        "uk-gac": (
            "GAC-A+ GAC-B? GAC-C? GAC-D? GAC-E+ GAC-F? GAC-G? GAC-H- GAC-O+ > GAC-A GAC-E GAC-O",
            (
                "Bribery through her company, and her transfers of what it brought; the tie to the minister is "
                "her acting for him."
            ),
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C+ JV-D? > JV-C",
            "An associate of an official who took part in the corruption, paragraph (c).",
        ),
        "ca-sema": (
            "SE-C- SE-D+ > SE-D",
            "An associate of a foreign official, section 4(1.1)(d).",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C- EU-D- EU-S-",
            "The Union’s regime does not reach corruption.",
        ),
        "au-6a": (
            "AU-HR- AU-CO~ AU-FAM+ AU-BEN? > AU-FAM",
            (
                "As immediate family of the minister; the corruption of her own is one incident whose gravity is "
                "to be shown."
            ),
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "The policy is about acts against dissidents for a foreign government, and not about corruption.",
        ),
        "us-pp7750": (
            "PP-1?",
            "Corruption of or with an official; which American interest it harmed is open.",
        ),
        "us-pp8697": (
            "PP-1-",
            "It is about violations of human rights, and only corruption is entered.",
        ),
        "us-pp10685": (
            "PP-1+ PP-2+ > PP-1 PP-2",
            "It bars who took part in corruption, and immediate family of such a person.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I?",
            (
                "No torture, killing, trafficking or attack on religion; whether anybody trafficked or laundered "
                "is open under (2)(I)."
            ),
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "Corvane Minerals Ltd": {
        "us-glomag": (
            "HR-1- CO-1~ CO-2? LD-1- LD-2- AT-1? MA-1+ MA-2- MA-3+ OC-1- AT-2? > MA-1 MA-3",
            (
                "A briber is no official, so that (B) is open only if it acted for one; what it paid is support "
                "of bribery, (iii)(A)(1) and, for his ministry, (A)(3)."
            ),
        ),
        "us-7031c": (
            "GV- SC- WD- FM-",
            "The section names individuals only.",
        ),
        "uk-ghr": (
            "GHR-A- GHR-B- GHR-C- GHR-D- GHR-S- GHR-E- GHR-F- GHR-G- GHR-O-",
            (
                "Corruption has regulations of its own; these reach the rights to life, against torture and "
                "against slavery."
            ),
        ),
        "uk-gac": (
            "GAC-A+ GAC-B? GAC-C? GAC-D? GAC-E? GAC-F? GAC-G? GAC-H- GAC-O? > GAC-A",
            "The giver of a bribe need be no official where a foreign official takes it, and the minister is named.",
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C- JV-D-",
            "The Act lists individuals only; entities go under the Special Economic Measures Act.",
        ),
        "ca-sema": (
            "SE-C- SE-D~ > SE-D",
            "Paragraph (d) reaches officials and their associates: that the company is one is to be shown.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C- EU-D- EU-S-",
            "The Union’s regime does not reach corruption.",
        ),
        "au-6a": (
            "AU-HR- AU-CO~ AU-FAM- AU-BEN- > AU-CO",
            "Serious corruption, and one incident is entered: its gravity, or the pattern, is to be shown.",
        ),
        "us-3c": (
            "3C-",
            "Inadmissibility is for individuals.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "It reaches individuals only.",
        ),
        "us-pp7750": (
            "PP-1-",
            "It bars the entry of individuals only.",
        ),
        "us-pp8697": (
            "PP-1-",
            "It bars the entry of individuals only.",
        ),
        "us-pp10685": (
            "PP-1- PP-2-",
            "It bars the entry of individuals only.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I-",
            "These grounds are for individuals.",
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "DOLM, Perrin Ansgar": {
        "us-glomag": (
            "HR-1- CO-1+ CO-2? LD-1+ LD-2- AT-1? MA-1? MA-2- MA-3? OC-1- AT-2? > CO-1 LD-1",
            (
                "A senator took a kickback as a senator: (B)(1) rests on the road; what he did as an adviser "
                "came before the office."
            ),
        ),
        "us-7031c": (
            "GV- SC~ WD- FM- > SC",
            "A senator is an official; that a kickback of this size is significant is still to be shown.",
        ),
        "uk-ghr": (
            "GHR-A- GHR-B- GHR-C- GHR-D- GHR-S- GHR-E- GHR-F- GHR-G- GHR-O-",
            (
                "Corruption has regulations of its own; these reach the rights to life, against torture and "
                "against slavery."
            ),
        ),
        "uk-gac": (
            "GAC-A+ GAC-B? GAC-C? GAC-D? GAC-E? GAC-F? GAC-G? GAC-H- GAC-O? > GAC-A",
            "A kickback from a contract is bribery, taken by a senator.",
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C+ JV-D? > JV-C",
            (
                "Significant corruption of a foreign official, paragraph (c); whom it harmed opens no paragraph "
                "on abuse."
            ),
        ),
        "ca-sema": (
            "SE-C- SE-D+ > SE-D",
            "Acts of significant corruption by an official, section 4(1.1)(d); no gross violation of rights.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C- EU-D- EU-S-",
            "The Union’s regime does not reach corruption.",
        ),
        "au-6a": (
            "AU-HR- AU-CO+ AU-FAM- AU-BEN- > AU-CO",
            "Two acts of corruption are entered for him.",
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "The policy is about acts against dissidents for a foreign government, and not about corruption.",
        ),
        "us-pp7750": (
            "PP-1?",
            "Corruption of or with an official; which American interest it harmed is open.",
        ),
        "us-pp8697": (
            "PP-1-",
            "It is about violations of human rights, and only corruption is entered.",
        ),
        "us-pp10685": (
            "PP-1+ PP-2- > PP-1",
            "It bars officials who took part in corruption, and who gave or took a bribe with them.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I?",
            (
                "No torture, killing, trafficking or attack on religion; whether anybody trafficked or laundered "
                "is open under (2)(I)."
            ),
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "HARSEN, Rolav Emin": {
        "us-glomag": (
            "HR-1~ CO-1- CO-2- LD-1+ LD-2- AT-1+ MA-1? MA-2- MA-3? OC-1- AT-2? > AT-1 HR-1 LD-1",
            (
                "An attempt to abduct is reached by (ii)(D); threats alone want an act of violence or detention; "
                "as an official of the embassy (C)(1)."
            ),
        ),
        "us-7031c": (
            "GV- SC- WD- FM-",
            "An official, but threats and a failed abduction are on no list of gross violations that this law names.",
        ),
        "uk-ghr": (
            "GHR-A- GHR-B- GHR-C- GHR-D- GHR-S- GHR-E- GHR-F- GHR-G- GHR-O-",
            (
                "Threats and an attempt to abduct touch none of the three rights, as long as nobody was killed, "
                "tortured or enslaved."
            ),
        ),
        "uk-gac": (
            "GAC-A- GAC-B- GAC-C- GAC-D- GAC-E- GAC-F- GAC-G- GAC-H- GAC-O-",
            "Human rights have regulations of their own; no corruption is entered.",
        ),
        "ca-jvcfoa": (
            "JV-A+ JV-B? JV-C- JV-D- > JV-A",
            "A journalist was attacked for what he wrote: paragraph (a), by an official of a state.",
        ),
        "ca-sema": (
            "SE-C+ SE-D- > SE-C",
            "Gross and systematic violations, paragraph (c): a year of acts against at least fourteen people.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C- EU-D+ EU-S+ > EU-D EU-S",
            (
                "Surveillance and threats against exiles are an attack on free expression, Article 1(1)(d), of "
                "some scale; as associate too."
            ),
        ),
        "au-6a": (
            "AU-HR- AU-CO- AU-FAM- AU-BEN-",
            "Not one of the three rights, and no corruption.",
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K~ > 3C-K",
            "An official against exiles: the policy fits, if its foreign policy ground is argued.",
        ),
        "us-pp7750": (
            "PP-1-",
            "It is about corruption, and none is entered.",
        ),
        "us-pp8697": (
            "PP-1+ > PP-1",
            "Took part in serious violations of human rights, of whatever office.",
        ),
        "us-pp10685": (
            "PP-1- PP-2-",
            "It is about corruption, and none is entered.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I?",
            (
                "No torture, killing, trafficking or attack on religion; whether anybody trafficked or laundered "
                "is open under (2)(I)."
            ),
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "LOTHE, Brannig Sool": {
        "us-glomag": (
            "HR-1~ CO-1- CO-2- LD-1+ LD-2~ AT-1? MA-1? MA-2? MA-3? OC-1~ AT-2? > HR-1 LD-1",
            (
                "Forced labour without blows is serious abuse only if its gravity is shown; as head of the "
                "company (C)(1); marriage alone is no acting for."
            ),
        ),
        "us-7031c": (
            "GV- SC- WD- FM-",
            "Neither holds nor held an office, and no official is of the family.",
        ),
        "uk-ghr": (
            "GHR-A+ GHR-B? GHR-C? GHR-D? GHR-S? GHR-E? GHR-F? GHR-G- GHR-O+ > GHR-A GHR-O",
            (
                "Forced labour is one of the three rights, and regulation 4 asks for no office of a private "
                "person; a tie to another designated person is open beside it."
            ),
        ),
        "uk-gac": (
            "GAC-A- GAC-B- GAC-C- GAC-D- GAC-E- GAC-F- GAC-G- GAC-H- GAC-O-",
            "Human rights have regulations of their own; no corruption is entered.",
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C- JV-D-",
            (
                "The workers exposed nobody and defended no right, and no state acted: the Special Economic "
                "Measures Act is the way."
            ),
        ),
        "ca-sema": (
            "SE-C+ SE-D- > SE-C",
            "Paragraph (c): hundreds of workers over two years, and facts on its gravity.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C~ EU-D~ EU-S~ > EU-C EU-D EU-S",
            (
                "Slavery is Article 1(1)(c) and trafficking (d); open sources must carry each reason, and most "
                "here are confidential."
            ),
        ),
        "au-6a": (
            "AU-HR+ AU-CO- AU-FAM+ AU-BEN? > AU-HR AU-FAM",
            (
                "Forced labour is one of the three rights and its gravity is shown; as immediate family of the "
                "other target too."
            ),
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "Neither acted for a foreign government.",
        ),
        "us-pp7750": (
            "PP-1-",
            "It is about corruption, and none is entered.",
        ),
        "us-pp8697": (
            "PP-1+ > PP-1",
            "Took part in serious violations of human rights, of whatever office.",
        ),
        "us-pp10685": (
            "PP-1- PP-2-",
            "It is about corruption, and none is entered.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H? INA-2HB? INA-3G- FS-801- INA-2I?",
            (
                "Forced labour may be trafficking, (2)(H), and money from it laundering, (2)(I): what moved "
                "workers and money is open."
            ),
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "LOTHE, Mirrin Tay": {
        "us-glomag": (
            "HR-1~ CO-1- CO-2- LD-1~ LD-2- AT-1? MA-1? MA-2? MA-3? OC-1~ AT-2? > HR-1 LD-1 OC-1",
            (
                "She recruited; the gravity is to be shown; her post is not entered as a leading one; marriage "
                "alone is no acting for."
            ),
        ),
        "us-7031c": (
            "GV- SC- WD- FM-",
            "Neither holds nor held an office, and no official is of the family.",
        ),
        "uk-ghr": (
            "GHR-A+ GHR-B? GHR-C? GHR-D? GHR-S? GHR-E? GHR-F? GHR-G- GHR-O+ > GHR-A GHR-O",
            (
                "Forced labour is one of the three rights, and regulation 4 asks for no office of a private "
                "person; a tie to another designated person is open beside it."
            ),
        ),
        "uk-gac": (
            "GAC-A- GAC-B- GAC-C- GAC-D- GAC-E- GAC-F- GAC-G- GAC-H- GAC-O-",
            "Human rights have regulations of their own; no corruption is entered.",
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C- JV-D-",
            (
                "The workers exposed nobody and defended no right, and no state acted: the Special Economic "
                "Measures Act is the way."
            ),
        ),
        "ca-sema": (
            "SE-C~ SE-D- > SE-C",
            "Paragraph (c), but of her own part no fact shows yet that it was gross.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C~ EU-D~ EU-S~ > EU-C EU-D EU-S",
            (
                "Slavery is Article 1(1)(c) and trafficking (d); open sources must carry each reason, and most "
                "here are confidential."
            ),
        ),
        "au-6a": (
            "AU-HR~ AU-CO- AU-FAM+ AU-BEN? > AU-FAM",
            "As immediate family; of her own act the gravity is to be shown.",
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "Neither acted for a foreign government.",
        ),
        "us-pp7750": (
            "PP-1-",
            "It is about corruption, and none is entered.",
        ),
        "us-pp8697": (
            "PP-1+ > PP-1",
            "Took part in serious violations of human rights, of whatever office.",
        ),
        "us-pp10685": (
            "PP-1- PP-2-",
            "It is about corruption, and none is entered.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H? INA-2HB? INA-3G- FS-801- INA-2I?",
            (
                "Forced labour may be trafficking, (2)(H), and money from it laundering, (2)(I): what moved "
                "workers and money is open."
            ),
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "Sable Point Services Co. Ltd": {
        "us-glomag": (
            "HR-1~ CO-1- CO-2- LD-1- LD-2- AT-1? MA-1? MA-2? MA-3? OC-1+ AT-2? > HR-1 OC-1",
            "The company held the workers; gravity is to be shown; its owner is a target, so that (iii)(B) is plain.",
        ),
        "us-7031c": (
            "GV- SC- WD- FM-",
            "The section names individuals only.",
        ),
        "uk-ghr": (
            "GHR-A+ GHR-B? GHR-C? GHR-D? GHR-S? GHR-E? GHR-F? GHR-G- GHR-O+ > GHR-A GHR-O",
            (
                "Forced labour is one of the three rights, and regulation 4 asks for no office of a private "
                "person; a tie to another designated person is open beside it."
            ),
        ),
        "uk-gac": (
            "GAC-A- GAC-B- GAC-C- GAC-D- GAC-E- GAC-F- GAC-G- GAC-H- GAC-O-",
            "Human rights have regulations of their own; no corruption is entered.",
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C- JV-D-",
            "The Act lists individuals only; entities go under the Special Economic Measures Act.",
        ),
        "ca-sema": (
            "SE-C+ SE-D- > SE-C",
            "Paragraph (c): hundreds of workers over two years, and facts on its gravity.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C~ EU-D~ EU-S~ > EU-C EU-D EU-S",
            (
                "Slavery is Article 1(1)(c) and trafficking (d); open sources must carry each reason, and most "
                "here are confidential."
            ),
        ),
        "au-6a": (
            "AU-HR+ AU-CO- AU-FAM- AU-BEN? > AU-HR",
            "Forced labour is one of the three rights; an entity is of no family.",
        ),
        "us-3c": (
            "3C-",
            "Inadmissibility is for individuals.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "It reaches individuals only.",
        ),
        "us-pp7750": (
            "PP-1-",
            "It bars the entry of individuals only.",
        ),
        "us-pp8697": (
            "PP-1-",
            "It bars the entry of individuals only.",
        ),
        "us-pp10685": (
            "PP-1- PP-2-",
            "It bars the entry of individuals only.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I-",
            "These grounds are for individuals.",
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "TERVIK, Oswin Dara": {
        "us-glomag": (
            "HR-1- CO-1+ CO-2? LD-1+ LD-2- AT-1? MA-1? MA-2? MA-3? OC-1- AT-2? > CO-1 LD-1",
            (
                "The head of the Border Service was paid for his office: (B)(1), and (C)(1) as leader of a body "
                "of the state."
            ),
        ),
        "us-7031c": (
            "GV- SC~ WD- FM- > SC",
            "An official who was paid each month; that the sums are significant is still to be shown.",
        ),
        "uk-ghr": (
            "GHR-A- GHR-B- GHR-C- GHR-D- GHR-S- GHR-E- GHR-F- GHR-G- GHR-O-",
            (
                "Corruption has regulations of its own; these reach the rights to life, against torture and "
                "against slavery."
            ),
        ),
        "uk-gac": (
            "GAC-A+ GAC-B? GAC-C? GAC-D? GAC-E? GAC-F? GAC-G? GAC-H- GAC-O? > GAC-A",
            "A head of service was paid for his office, and the payments are shown by the prosecutor’s decision.",
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C+ JV-D? > JV-C",
            (
                "Significant corruption of a foreign official, paragraph (c); whom it harmed opens no paragraph "
                "on abuse."
            ),
        ),
        "ca-sema": (
            "SE-C- SE-D+ > SE-D",
            "Acts of significant corruption by an official, section 4(1.1)(d); no gross violation of rights.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C- EU-D- EU-S-",
            "The Union’s regime does not reach corruption.",
        ),
        "au-6a": (
            "AU-HR- AU-CO~ AU-FAM- AU-BEN? > AU-CO",
            "Serious corruption, and one incident is entered: its gravity, or the pattern, is to be shown.",
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "The policy is about acts against dissidents for a foreign government, and not about corruption.",
        ),
        "us-pp7750": (
            "PP-1?",
            "Corruption of or with an official; which American interest it harmed is open.",
        ),
        "us-pp8697": (
            "PP-1-",
            "It is about violations of human rights, and only corruption is entered.",
        ),
        "us-pp10685": (
            "PP-1+ PP-2- > PP-1",
            "It bars officials who took part in corruption, and who gave or took a bribe with them.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I?",
            (
                "No torture, killing, trafficking or attack on religion; whether anybody trafficked or laundered "
                "is open under (2)(I)."
            ),
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "TVEREZHIN, Radomir Velislavovich": {
        "us-glomag": (
            "HR-1+ CO-1+ CO-2? LD-1+ LD-2~ AT-1? MA-1? MA-2? MA-3? OC-1- AT-2? > HR-1 CO-1 LD-1",
            (
                "Command of torture, a bribe-taker’s office and the lead of a directorate are all shown; the "
                "contractor acts for him and not he for the contractor."
            ),
        ),
        "us-7031c": (
            "GV+ SC+ WD? FM- > GV SC",
            (
                "An official with torture and a killing under his command, and a diverted prison budget; no "
                "American was detained as far as is known."
            ),
        ),
        "uk-ghr": (
            "GHR-A+ GHR-B? GHR-C? GHR-D? GHR-S? GHR-E? GHR-F+ GHR-G- GHR-O+ > GHR-A GHR-F GHR-O",
            (
                "The rights to life and against torture, by the one in charge who also failed to investigate; an "
                "associate is a target too."
            ),
        ),
        "uk-gac": (
            "GAC-A+ GAC-B? GAC-C? GAC-D? GAC-E? GAC-F? GAC-G? GAC-H- GAC-O+ > GAC-A GAC-O",
            "A diverted budget is misappropriation by an official; his agent is an associate.",
        ),
        "ca-jvcfoa": (
            "JV-A+ JV-B? JV-C+ JV-D? > JV-A JV-C",
            "Victims who exposed officials, paragraph (a), and corruption of an official, paragraph (c).",
        ),
        "ca-sema": (
            "SE-C+ SE-D+ > SE-C SE-D",
            "Paragraph (c) for the pattern of torture and killing, paragraph (d) for the diverted budget.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C~ EU-D- EU-S~ > EU-C EU-S",
            "Enforced disappearance, killing and torture are reached; open sources must carry each reason.",
        ),
        "au-6a": (
            "AU-HR+ AU-CO+ AU-FAM- AU-BEN? > AU-HR AU-CO",
            "Life and torture, in several acts, and serious corruption.",
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K~ > 3C-K",
            "An official against a journalist; where the victim was and the acts were felt is to be shown.",
        ),
        "us-pp7750": (
            "PP-1?",
            "Corruption of or with an official; which American interest it harmed is open.",
        ),
        "us-pp8697": (
            "PP-1+ > PP-1",
            "Took part in serious violations of human rights, of whatever office.",
        ),
        "us-pp10685": (
            "PP-1+ PP-2- > PP-1",
            "It bars officials who took part in corruption, and who gave or took a bribe with them.",
        ),
        "us-ina": (
            "INA-3E~ INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I? > INA-3E",
            (
                "Torture is (3)(E); that it was under authority of a nation is still to be shown; he is of no "
                "trafficker’s family."
            ),
        ),
        "us-levinson": (
            "LEV-1? LEV-2?",
            "A detention is entered; whether the victim is American is not known.",
        ),
    },
    "Special Investigations Directorate of the Ministry of the Interior": {
        "us-glomag": (
            "HR-1+ CO-1- CO-2- LD-1- LD-2- AT-1? MA-1? MA-2? MA-3? OC-1~ AT-2? > HR-1",
            (
                "The body’s own acts of torture and killing are abuse under (ii)(A); it is no natural official, "
                "so that (B) and (C) do not speak of it."
            ),
        ),
        "us-7031c": (
            "GV- SC- WD- FM-",
            "The section names individuals only.",
        ),
        "uk-ghr": (
            "GHR-A+ GHR-B? GHR-C? GHR-D? GHR-S? GHR-E? GHR-F? GHR-G- GHR-O+ > GHR-A GHR-O",
            "The body that tortured and killed: it is responsible itself; its head is a target too.",
        ),
        "uk-gac": (
            "GAC-A- GAC-B- GAC-C- GAC-D- GAC-E- GAC-F- GAC-G- GAC-H- GAC-O-",
            "Human rights have regulations of their own; no corruption is entered.",
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C- JV-D-",
            "The Act lists individuals only; entities go under the Special Economic Measures Act.",
        ),
        "ca-sema": (
            "SE-C+ SE-D- > SE-C",
            "Paragraph (c): several acts over eighteen months.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C~ EU-D- EU-S~ > EU-C EU-S",
            "Enforced disappearance, killing and torture are reached; open sources must carry each reason.",
        ),
        "au-6a": (
            "AU-HR+ AU-CO- AU-FAM- AU-BEN? > AU-HR",
            "Life and torture, in several acts; no corruption of the body itself.",
        ),
        "us-3c": (
            "3C-",
            "Inadmissibility is for individuals.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "It reaches individuals only.",
        ),
        "us-pp7750": (
            "PP-1-",
            "It bars the entry of individuals only.",
        ),
        "us-pp8697": (
            "PP-1-",
            "It bars the entry of individuals only.",
        ),
        "us-pp10685": (
            "PP-1- PP-2-",
            "It bars the entry of individuals only.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I-",
            "These grounds are for individuals.",
        ),
        "us-levinson": (
            "LEV-1? LEV-2?",
            "A detention is entered; whether the victim is American is not known.",
        ),
    },
    "AL-ZAHWAN, Nawfal Idris": {
        "us-glomag": (
            "HR-1+ CO-1+ CO-2+ LD-1+ LD-2~ AT-1? MA-1+ MA-2~ MA-3+ OC-1~ AT-2? > HR-1 CO-1 CO-2",
            (
                "He lent his works to torture, acted for an official and moved the proceeds: (ii)(A), (B)(1), "
                "(B)(2); support and acting for hang on the general."
            ),
        ),
        "us-7031c": (
            "GV- SC- WD- FM-",
            "He holds no office, and acting for an official is none; he is of nobody’s family here.",
        ),
        "uk-ghr": (
            "GHR-A+ GHR-B? GHR-C? GHR-D+ GHR-S+ GHR-E? GHR-F? GHR-G- GHR-O+ > GHR-A GHR-D GHR-S",
            "He supplied the place and hid what was done there: responsible, and by concealment and support too.",
        ),
        "uk-gac": (
            "GAC-A+ GAC-B? GAC-C? GAC-D? GAC-E+ GAC-F? GAC-G? GAC-H- GAC-O+ > GAC-A GAC-E GAC-O",
            (
                "Misappropriation with an official, and his own transfers; the mandate shows that he acts for "
                "the general."
            ),
        ),
        "ca-jvcfoa": (
            "JV-A+ JV-B? JV-C+ JV-D+ > JV-A JV-C JV-D",
            "He acted for an official in both: paragraphs (a) and (c); what his firm gave is support, paragraph (d).",
        ),
        "ca-sema": (
            "SE-C~ SE-D+ > SE-D",
            (
                "Paragraph (d) as an associate of an official; of paragraph (c) he took part in one act, whose "
                "pattern is to be shown."
            ),
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C~ EU-D- EU-S~ > EU-C EU-S",
            "Enforced disappearance, killing and torture are reached; open sources must carry each reason.",
        ),
        "au-6a": (
            "AU-HR~ AU-CO~ AU-FAM- AU-BEN? > AU-HR AU-CO",
            "One act of each kind is entered for him: gravity, or pattern, is to be shown.",
        ),
        "us-3c": (
            "3C?",
            "For an individual it turns on the effect of entry on foreign policy, which only the Secretary can find.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "No act against a dissident for a government is shown of him.",
        ),
        "us-pp7750": (
            "PP-1?",
            "Corruption of or with an official; which American interest it harmed is open.",
        ),
        "us-pp8697": (
            "PP-1+ > PP-1",
            "Took part in serious violations of human rights, of whatever office.",
        ),
        "us-pp10685": (
            "PP-1+ PP-2- > PP-1",
            "It bars officials who took part in corruption, and who gave or took a bribe with them.",
        ),
        "us-ina": (
            "INA-3E~ INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I? > INA-3E",
            (
                "Torture is (3)(E); that it was under authority of a nation is still to be shown; he is of no "
                "trafficker’s family."
            ),
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
    "Pier Twelve Trading (Yunshi) Company Limited": {
        "us-glomag": (
            "HR-1- CO-1~ CO-2? LD-1- LD-2- AT-1? MA-1? MA-2? MA-3? OC-1+ AT-2? > OC-1",
            (
                "A shell that an agent of the official owns: (iii)(B) by ownership; (B) only if it acted for the "
                "official."
            ),
        ),
        "us-7031c": (
            "GV- SC- WD- FM-",
            "The section names individuals only.",
        ),
        "uk-ghr": (
            "GHR-A- GHR-B- GHR-C- GHR-D- GHR-S- GHR-E- GHR-F- GHR-G- GHR-O-",
            (
                "Corruption has regulations of its own; these reach the rights to life, against torture and "
                "against slavery."
            ),
        ),
        "uk-gac": (
            "GAC-A+ GAC-B? GAC-C? GAC-D? GAC-E? GAC-F? GAC-G? GAC-H- GAC-O+ > GAC-A GAC-O",
            "A company through which it ran, with an official in the scheme, owned by one who is named.",
        ),
        "ca-jvcfoa": (
            "JV-A- JV-B- JV-C- JV-D-",
            "The Act lists individuals only; entities go under the Special Economic Measures Act.",
        ),
        "ca-sema": (
            "SE-C- SE-D~ > SE-D",
            "Paragraph (d) reaches officials and their associates: that the company is one is to be shown.",
        ),
        "eu-ghrsr": (
            "EU-A- EU-B- EU-C- EU-D- EU-S-",
            "The Union’s regime does not reach corruption.",
        ),
        "au-6a": (
            "AU-HR- AU-CO~ AU-FAM- AU-BEN+ > AU-BEN",
            "The benefit of the proceeds is shown by the account; of the corruption itself one incident is entered.",
        ),
        "us-3c": (
            "3C-",
            "Inadmissibility is for individuals.",
        ),
        "us-khashoggi": (
            "3C-K-",
            "It reaches individuals only.",
        ),
        "us-pp7750": (
            "PP-1-",
            "It bars the entry of individuals only.",
        ),
        "us-pp8697": (
            "PP-1-",
            "It bars the entry of individuals only.",
        ),
        "us-pp10685": (
            "PP-1- PP-2-",
            "It bars the entry of individuals only.",
        ),
        "us-ina": (
            "INA-3E- INA-2G- INA-2H- INA-2HB- INA-3G- FS-801- INA-2I-",
            "These grounds are for individuals.",
        ),
        "us-levinson": (
            "LEV-1- LEV-2-",
            "It is about the wrongful detention of Americans abroad, and none is entered.",
        ),
    },
}
