"""Official texts of the other countries as published, copied by hand for comparison."""

# ruff: noqa: E501

from __future__ import annotations

UK_GHR_NOTES = """
At the point of the launch of the Regulations, these priority themes include media freedom, combatting modern slavery, preventing sexual violence in or related to conflict, freedom of religion or belief, torture prevention and the protection of human rights defenders.
In line with human rights priorities, HMG is likely to give particular attention to activities that are carried out in relation to individuals who seek to obtain, exercise, defend or promote human rights, such as journalists, civil society activists, human rights defenders and whistle-blowers.
The purpose of the GHR sanctions regime is to provide accountability for, and deter, activity that would, if it was carried out by a State, amount to a serious violation of certain human rights by that State.
"""

UK_GHR = """
Purposes
4.—(1) The purposes of the regulations contained in this instrument are to deter, and provide accountability for, activities falling within paragraph (2).
(2) An activity falls within this paragraph if it is an activity which, if carried out by or on behalf of a State within the territory of that State, would amount to a serious violation by that State of an individual's—
(a) right to life,
(b) right not to be subjected to torture or cruel, inhuman or degrading treatment or punishment, or
(c) right to be free from slavery, not to be held in servitude or required to perform forced or compulsory labour, whether or not the activity is carried out by or on behalf of a State.
(3) An activity falls within paragraph (2) if it is carried out—
(a) outside the United Kingdom by any person, or
(b) in the United Kingdom by a person who is not a United Kingdom person.
(4) In paragraph (2), an "activity" includes an omission.

Power to designate persons
5.—(1) The Secretary of State may designate persons by name in accordance with regulation 5A (conditions for the designation of persons by name) for the purposes of any of the following—
(a) regulations 11 to 15 (asset-freeze etc.);
(aa) regulation 16A (director disqualification sanctions;
(b) regulation 17 (immigration).
(2) The Secretary of State may designate different persons for the purposes of different provisions mentioned in paragraph (1).

Designation criteria
6.—(1) [omitted]
(2) For the purposes of regulation 5A (conditions for the designation of persons by name) an "involved person" means a person who—
(a) is or has been involved in an activity falling within regulation 4(2),
(b) is owned or controlled directly or indirectly (within the meaning of regulation 7) by a person who is or has been so involved,
(c) is acting on behalf of or at the direction of a person who is or has been so involved, or
(d) is a member of, or associated with, a person who is or has been so involved.
(3) For the purposes of this regulation a person is "involved in an activity falling within regulation 4(2)" if—
(a) the person is responsible for or engages in such an activity;
(b) the person facilitates, incites, promotes or provides support for such an activity;
(c) the person conceals evidence of such an activity;
(d) the person provides financial services, or makes available funds, economic resources, goods or technology, knowing or having reasonable cause to suspect that those financial services, funds, economic resources, goods or technology will or may contribute to such an activity;
(e) the person provides financial services, or makes available funds, economic resources, goods or technology to a person mentioned in sub-paragraph (a);
(f) the person profits financially or obtains any other benefit from an activity falling within regulation 4(2);
(g) the person is responsible for the investigation or prosecution of such an activity and intentionally or recklessly fails to fulfil that responsibility; or
(h) the person contravenes, or assists with the contravention of, any provision of Part 3 of these Regulations.
(4) Nothing in any sub-paragraph of paragraph (3) is to be taken to limit the meaning of any of the other sub-paragraphs of that paragraph.
(5) Any reference in this regulation to being involved in an activity falling within regulation 4(2) includes being so involved wherever any actions constituting the involvement take place.

7.—(1) A person who is not an individual ("C") is "owned or controlled directly or indirectly" by another person ("P") if either of the following two conditions is met (or both are met).
(2) The first condition is that P— (a) holds directly or indirectly more than 50% of the shares in C, (b) holds directly or indirectly more than 50% of the voting rights in C, or (c) holds the right directly or indirectly to appoint or remove a majority of the board of directors of C.
(4) The second condition is that it is reasonable, having regard to all the circumstances, to expect that P would (if P chose to) be able, in most cases or in significant respects, by whatever means and whether directly or indirectly, to achieve the result that affairs of C are conducted in accordance with P's wishes.

8.—(7) The "restricted publicity conditions": (a) the designation is of a person believed by the Secretary of State to be an individual under the age of 18; (b) disclosure should be restricted (i) in the interests of national security or international relations, (ii) prevention or detection of serious crime, (iii) in the interests of justice.
"""

UK_GAC_4 = """
4.—(1) The purposes of the regulations contained in this instrument are to prevent and combat serious corruption.
(2) In paragraph (1), "corruption" means— (a) bribery; or (b) misappropriation of property.
(3) "bribery" occurs where— [(a)] a person directly or indirectly offers, promises or gives a financial or other advantage to a foreign public official, and where— [(i)] the person intends to induce that official or another foreign public official to perform improperly a public function, or [(ii)] the person intends to reward that official or another foreign public official for improperly performing a public function, or [(iii)] the person knows or believes that the acceptance of the advantage by that official would constitute improperly performing a public function; or [(b)] a foreign public official directly or indirectly requests, agrees to receive or accepts a financial or other advantage, and where— [(i)] that official intends, in consequence, that the official or another foreign public official should improperly perform a public function, or [(ii)] the advantage is a reward for that official or another foreign public official improperly performing a public function, or [(iii)] that official knows or believes that the request for, agreement to receive or acceptance of the advantage by the official would constitute improperly performing a public function; or [(c)] in anticipation of or in consequence of requesting, agreeing to receive or accepting a financial or other advantage, a foreign public official, or another person at that official's request or with their assent or acquiescence, improperly performs a public function;
"misappropriation of property" occurs where a foreign public official— [(a)] has been entrusted with property, or has a role in the grant or allocation of property, by virtue of their position, and [(b)] improperly diverts, grants or allocates that property for the benefit of the official or for the benefit of another person.
(4)(a) it does not matter whether the advantage is (or is to be) for the benefit of the foreign public official or another person; (b) references to performing a public function include (i) any act or omission in connection with a public function; (ii) any omission to exercise the official's public functions; and (iii) any use of the official's position as a foreign public official even if it is not within the official's authority.
(5) "foreign public official" means an individual who— holds an executive, legislative, administrative or judicial position of any kind in a relevant country, holds a position in a public agency or public enterprise or in any entity which provides a public service in or on behalf of a relevant country, otherwise carries out functions of a public nature in or on behalf of a relevant country, or carries out functions in or on behalf of an international organisation; "property" includes funds, economic resources, a pecuniary advantage or other thing of value, and includes contracts to provide goods or services, any licence, permission or other authorisation, or any legal document or instrument evidencing or purporting to evidence interests in property; "relevant country" means a country other than the United Kingdom, the Channel Islands, the Isle of Man or the British overseas territories.
"""

# SI 2021/488, regulations 5 to 7, as amended to 18 April 2025, https://www.legislation.gov.uk/uksi/2021/488; regulation
# 5A(4) is from an older copy of Part 2.
UK_GAC = """
Condition A is that the Secretary of State has reasonable grounds to suspect that that person is an involved person.
(1) The Secretary of State may designate persons by name in accordance with regulation 5A (conditions for the designation of persons by name) for the purposes of any of the following— (a) regulations 11 to 15 (asset-freeze etc.); (aa) regulation 16A (director disqualification sanctions); (b) regulation 17 (immigration).
(2) For the purposes of regulation 5A (conditions for the designation of persons by name) an “involved person” means a person who— (a) is or has been involved in serious corruption, (b) is owned or controlled directly or indirectly (within the meaning of regulation 7) by a person who is or has been so involved, (c) is acting on behalf of or at the direction of a person who is or has been so involved, or (d) is a member of, or associated with, a person who is or has been so involved.
(3) For the purposes of this regulation a person is involved in serious corruption if— (a) the person is responsible for or engages in serious corruption; (b) the person facilitates or provides support for serious corruption; (c) the person profits financially or obtains any other benefit from serious corruption; (d) the person conceals or disguises, or facilitates the concealment or disguise of— (i) serious corruption, or (ii) any profit or proceeds from serious corruption; (e) the person transfers or converts, or facilitates the transfer or conversion of, any profit or proceeds from serious corruption; (f) the person is responsible for the investigation or prosecution of serious corruption and intentionally or recklessly fails to fulfil that responsibility, or (g) the person uses threats, intimidation or physical force to interfere in, or otherwise interferes in, any law enforcement or judicial process in connection with serious corruption; (h) the person contravenes, or assists with the contravention of, any provision of Part 3 of these Regulations.
(5) Any reference in this regulation to being involved in serious corruption includes being so involved wherever any actions constituting the involvement take place.
(2) The first condition is that P— (a) holds directly or indirectly more than 50% of the shares in C, (b) holds directly or indirectly more than 50% of the voting rights in C, or (c) holds the right directly or indirectly to appoint or remove a majority of the board of directors of C.
"""

# The Sanctions and Anti-Money Laundering Act 2018, section 11, as in force on 16 October 2025,
# https://www.legislation.gov.uk/ukpga/2018/13.
UK_ACT = """
(2) The regulations must provide that under the standard procedure the Minister is prohibited from designating a person by name except where condition A is met.
(2A) Condition A is that the Minister has reasonable grounds to suspect that that person is an involved person (see subsection (3)).
(2D) Condition B is that relevant provision (whenever made) applies to, or in relation to, the person under the law of— (a) the United States of America; (b) the European Union; (c) Australia; (d) Canada; (e) any other country specified for the purposes of this paragraph in regulations made by an appropriate Minister.
(2E) Condition C is that the Minister considers that it is in the public interest to make designations under the urgent procedure.
"""

CA_JVCFOA = """
Whereas adding gross violations of internationally recognized human rights as a ground on which sanctions may be imposed against foreign states and nationals would further Canada’s support for human rights and advance its responsibility to protect activists who fight for human rights;
And whereas all violators of internationally recognized human rights should be treated and sanctioned equally throughout the world,
foreign national means an individual who is not (a) a Canadian citizen; or (b) a permanent resident under the Immigration and Refugee Protection Act.
foreign public official has the same meaning as in section 2 of the Corruption of Foreign Public Officials Act.
The Governor in Council may, if the Governor in Council is of the opinion that any of the circumstances described in subsection (2) has occurred,
(a) a foreign national is responsible for, or complicit in, extrajudicial killings, torture or other gross violations of internationally recognized human rights committed against individuals in any foreign state who seek (i) to expose illegal activity carried out by foreign public officials, or (ii) to obtain, exercise, defend or promote internationally recognized human rights and freedoms, such as freedom of conscience, religion, thought, belief, opinion, expression, peaceful assembly and association, and the right to a fair trial and democratic elections;
(b) a foreign national acts as an agent of or on behalf of a foreign state in a matter relating to an activity described in paragraph (a);
(c) a foreign national, who is a foreign public official or an associate of such an official, is responsible for or complicit in ordering, controlling or otherwise directing acts of corruption — including bribery, the misappropriation of private or public assets for personal gain, the transfer of the proceeds of corruption to foreign states or any act of corruption related to expropriation, government contracts or the extraction of natural resources — which amount to acts of significant corruption when taking into consideration, among other things, their impact, the amounts involved, the foreign national’s influence or position of authority or the complicity of the government of the foreign state in question in the acts; or
(d) a foreign national has materially assisted, sponsored, or provided financial, material or technological support for, or goods or services in support of, an activity described in paragraph (c).
If a foreign national controls an entity other than a foreign state, any property that is owned — or that is held or controlled, directly or indirectly — by the entity is deemed to be owned by that foreign national. Criteria (2) For the purposes of subsection (1), a foreign national controls an entity, directly or indirectly, if any of the following criteria are met: (a) the foreign national holds, directly or indirectly, 50% or more of the shares or ownership interests in the entity or 50% or more of the voting rights in the entity; (b) the foreign national is able, directly or indirectly, to change the composition or powers of the entity’s board of directors; or (c) it is reasonable to conclude, having regard to all the circumstances, that the foreign national is able, directly or indirectly and through any means, to direct the entity’s activities.
by order, cause to be seized or restrained in the manner set out in the order any property situated in Canada that is owned — or that is held or controlled, directly or indirectly — by a foreign national who is identified in an order or regulation made under paragraph (1)(a).
On application by the Minister, a judge must order that the property that is the subject of the application be forfeited to Her Majesty in right of Canada if the judge determines, based on the evidence presented, that the property (a) is described in an order made under paragraph 4(1)(b); and (b) is owned by the foreign national referred to in that order or is held or controlled, directly or indirectly, by that foreign national.
amounts not exceeding the net proceeds from the disposition of property forfeited under section 4.2, but only to compensate victims of the circumstances described in subsection 4(2).
"""

CA_SEMA = """
national, in relation to a foreign state, means an individual who possesses the nationality of that state as determined in accordance with the laws of that state or a body corporate incorporated or continued by or under the laws of that state;
The Governor in Council may, if the Governor in Council is of the opinion that any of the circumstances described in subsection (1.1) has occurred,
(c) gross and systematic human rights violations have been committed in a foreign state; or
(d) a national of a foreign state who is either a foreign public official, within the meaning of section 2 of the Corruption of Foreign Public Officials Act, or an associate of such an official, is responsible for or complicit in ordering, controlling or otherwise directing acts of corruption — including bribery, the misappropriation of private or public assets for personal gain, the transfer of the proceeds of corruption to foreign states or any act of corruption related to expropriation, government contracts or the extraction of natural resources — which amount to acts of significant corruption when taking into consideration, among other things, their impact, the amounts involved, the foreign national’s influence or position of authority or the complicity of the government of the foreign state in question in the acts.
If a person controls an entity other than a foreign state, any property that is owned — or that is held or controlled, directly or indirectly — by the entity is deemed to be owned by that person. Criteria (2) For the purposes of subsection (1), a person controls an entity, directly or indirectly, if any of the following criteria are met: (a) the person holds, directly or indirectly, 50% or more of the shares or ownership interests in the entity or 50% or more of the voting rights in the entity; (b) the person is able, directly or indirectly, to change the composition or powers of the entity’s board of directors; or (c) it is reasonable to conclude, having regard to all the circumstances, that the person is able, directly or indirectly and through any means, to direct the entity’s activities.
by order, cause to be seized or restrained in the manner set out in the order any property situated in Canada that is owned — or that is held or controlled, directly or indirectly — by a foreign state or a person who is identified in an order or regulation made under paragraph (1)(a).
any dealing by any person in Canada or Canadian outside Canada in any property, wherever situated, that is owned — or that is held or controlled, directly or indirectly — by that foreign state, any person in that foreign state, a national of that foreign state who does not ordinarily reside in Canada or a person outside Canada who is not Canadian;
On application by the Minister, a judge shall order that the property that is the subject of the application be forfeited to Her Majesty in right of Canada if the judge determines, based on the evidence presented, that the property (a) is described in an order made under paragraph 4(1)(b); and (b) is owned by the person referred to in that order or is held or controlled, directly or indirectly, by that person.
the compensation of victims of a grave breach of international peace and security, gross and systematic human rights violations or acts of significant corruption.
"""

EU = """
This Decision establishes a framework for targeted restrictive measures to address serious human rights violations and abuses worldwide. It applies to: (a) genocide; (b) crimes against humanity; (c) the following serious human rights violations or abuses: (i) torture and other cruel, inhuman or degrading treatment or punishment, (ii) slavery, (iii) extrajudicial, summary or arbitrary executions and killings, (iv) enforced disappearance of persons, (v) arbitrary arrests or detentions; (d) other human rights violations or abuses, including but not limited to the following, in so far as those violations or abuses are widespread, systematic or are otherwise of serious concern as regards the objectives of the common foreign and security policy set out in Article 21 TEU: (i) trafficking in human beings, as well as abuses of human rights by migrant smugglers as referred to in this Article, (ii) sexual and gender-based violence, (iii) violations or abuses of freedom of peaceful assembly and of association, (iv) violations or abuses of freedom of opinion and expression, (v) violations or abuses of freedom of religion or belief.
For the purpose of applying paragraph 1, regard should be had to customary international law and widely accepted instruments of international law, such as:
Such acts violate the principles and threaten the objectives of the Union’s external action as set out in Article 21(1) and (2) of the
natural or legal persons, entities or bodies responsible for, providing support to or otherwise involved in serious human rights violations or abuses, as well as those associated with the natural and legal persons, entities and bodies covered.
"""
EU_HEAD = "This Decision establishes a framework for targeted restrictive measures to address serious human rights violations and abuses worldwide. It applies to: "

AUSTRALIA = """
The Minister can only list a person or entity if all or part of the sanctionable conduct occurred outside of Australia.
The application of the frameworks is reserved for the most egregious situations of international concern.
The Minister has discretion, with agreement of the Attorney-General and after consultation with other Ministers as appropriate, to list a person or entity if the Minister is satisfied that the following has been established:
In line with Australia's broader autonomous sanctions framework and in support of Australia's national interest, listings under the human rights and corruption frameworks are intended to influence, directly or indirectly, the sanctioned person or entity, impose costs on those responsible and deter others from taking similar action.
When considering whether to apply autonomous sanctions, the Government considers Australia's national interest, including bilateral, regional and multilateral equities, and the impact of sanctions on Australia's economic, security or other interests.
"""

US_ADD_ONS = """
An alien whose entry or proposed activities in the United States the Secretary of State has reasonable ground to believe would have potentially serious adverse foreign policy consequences for the United States is inadmissible.
certain persons who have committed, participated in, or are beneficiaries of corruption in the performance of public functions where that corruption has serious adverse effects on international activity of U.S. businesses, U.S. foreign assistance goals, the security of the United States against transnational crime and terrorism, or the stability of democratic institutions and nations.
The United States enduring commitment to respect for human rights and humanitarian law requires that its Government be able to ensure that the United States does not become a safe haven for serious violators of human rights and humanitarian law and those who engage in other related abuses.
Universal respect for human rights and humanitarian law and the prevention of atrocities internationally promotes U.S. values and fundamental U.S. interests in helping secure peace, deter aggression, promote the rule of law, combat crime and corruption, strengthen democracies, and prevent humanitarian crises around the globe.
Persons who have enabled, facilitated, or otherwise been involved in significant corruption, including through the laundering of its proceeds or obstruction of judicial or investigative processes, among other acts
has committed, ordered, incited, assisted, or otherwise participated in the commission of
is responsible for or is complicit in, or responsible for ordering, controlling, or otherwise directing, the hostage-taking of a United States national abroad or the unlawful or wrongful detention of a United States national abroad
Materials developed by civil society organizations
"""

US_CODE = """
The term “foreign person” has the meaning given that term in section 595.304 of title 31, Code of Federal Regulations (as in effect on the day before December 23, 2016).
The Assistant Secretary of State for Democracy, Human Rights, and Labor, in consultation with the Assistant Secretary of State for Consular Affairs and other bureaus of the Department of State, as appropriate, is authorized to submit to the Secretary of State, for review and consideration, the names of foreign persons who may meet the criteria described in subsection (a).
The President may impose the sanctions described in subsection (b) with respect to any foreign person the President determines, based on credible evidence— (1) is responsible for or is complicit in, or responsible for ordering, controlling, or otherwise directing, the hostage-taking of a United States national abroad or the unlawful or wrongful detention of a United States national abroad; or (2) knowingly provides financial, material, or technological support for, or goods or services in support of, an activity described in paragraph (1).
“foreign person” means— (A) any citizen or national of a foreign country (including any such individual who is also a citizen or national of the United States); or (B) any entity not organized solely under the laws of the United States or existing solely in the United States.
Any alien who, while serving as a foreign government official, was responsible for or directly carried out, at any time, particularly severe violations of religious freedom, as defined in section 6402 of title 22, is inadmissible.
(i) In general Any alien who commits or conspires to commit human trafficking offenses in the United States or outside the United States, or who the consular officer, the Secretary of Homeland Security, the Secretary of State, or the Attorney General knows or has reason to believe is or has been a knowing aider, abettor, assister, conspirator, or colluder with such a trafficker in severe forms of trafficking in persons, as defined in the section 7102 of title 22, is inadmissible. (ii) Beneficiaries of trafficking Except as provided in clause (iii), any alien who the consular officer or the Attorney General knows or has reason to believe is the spouse, son, or daughter of an alien inadmissible under clause (i), has, within the previous 5 years, obtained any financial or other benefit from the illicit activity of that alien, and knew or reasonably should have known that the financial or other benefit was the product of such illicit activity, is inadmissible. (iii) Exception for certain sons and daughters Clause (ii) shall not apply to a son or daughter who was a child at the time he or she received the benefit described in such clause.
"""

# 8 U.S.C. 1182(a)(2)(I), (a)(3)(C)(i), (E)(iii) and (G) and 1182e, as published on 11 August 2025; clauses in their order,
# the words that stand behind all of them at the end. https://uscode.house.gov.
US_1182 = """
Any alien— (i) who a consular officer or the Attorney General knows, or has reason to believe, has engaged, is engaging, or seeks to enter the United States to engage, in an offense which is described in section 1956 or 1957 of title 18 (relating to laundering of monetary instruments); or (ii) who a consular officer or the Attorney General knows is, or has been, a knowing aider, abettor, assister, conspirator, or colluder with others in an offense which is described in such section; is inadmissible.
An alien whose entry or proposed activities in the United States the Secretary of State has reasonable ground to believe would have potentially serious adverse foreign policy consequences for the United States is inadmissible.
Any alien who, outside the United States, has committed, ordered, incited, assisted, or otherwise participated in the commission of— (I) any act of torture, as defined in section 2340 of title 18; or (II) under color of law of any foreign nation, any extrajudicial killing, as defined in section 3(a) of the Torture Victim Protection Act of 1991 (28 U.S.C. 1350 note), is inadmissible.
Any alien who has engaged in the recruitment or use of child soldiers in violation of section 2442 of title 18 is inadmissible.
Notwithstanding any other provision of law, the Secretary of State may not issue any visa to, and the Attorney General may not admit to the United States, any foreign national whom the Secretary finds, based on credible and specific information, to have been directly involved in the establishment or enforcement of population control policies forcing a woman to undergo an abortion against her free choice or forcing a man or woman to undergo sterilization against his or her free choice, unless the Secretary has substantial grounds for believing that the foreign national has discontinued his or her involvement with, and support for, such policies.
"""

# Pub. L. 102-256, section 3(a), in the note to 28 U.S.C. 1350 as published on 26 March 2026.
US_TVPA = "For the purposes of this Act, the term ‘extrajudicial killing’ means a deliberated killing not authorized by a previous judgment pronounced by a regularly constituted court affording all the judicial guarantees which are recognized as indispensable by civilized peoples. Such term, however, does not include any such killing that, under international law, is lawfully carried out under the authority of a foreign nation."

# 22 U.S.C. 10102(a) as published on 26 March 2026.
US_10102 = "The President may impose the sanctions described in subsection (b) with respect to any foreign person the President determines, based on credible evidence— (1) is responsible for extrajudicial killings, torture, or other gross violations of internationally recognized human rights committed against individuals in any foreign country who seek— (A) to expose illegal activity carried out by government officials; or (B) to obtain, exercise, defend, or promote internationally recognized human rights and freedoms, such as the freedoms of religion, expression, association, and assembly, and the rights to a fair trial and democratic elections; (2) acted as an agent of or on behalf of a foreign person in a matter relating to an activity described in paragraph (1); (3) is a government official, or a senior associate of such an official, that is responsible for, or complicit in, ordering, controlling, or otherwise directing, acts of significant corruption, including the expropriation of private or public assets for personal gain, corruption related to government contracts or the extraction of natural resources, bribery, or the facilitation or transfer of the proceeds of corruption to foreign jurisdictions; or (4) has materially assisted, sponsored, or provided financial, material, or technological support for, or goods or services in support of, an activity described in paragraph (3)."

# Rome Statute, articles 7 and 8, as set out in the schedule to the Crimes Against Humanity and War Crimes Act,
# S.C. 2000, c. 24, Department of Justice consolidation current to 29 October 2019.
ROME_STATUTE = """
persecution against any identifiable group or collectivity on political, racial, national, ethnic, cultural, religious, gender as defined in paragraph 3, or other grounds that are universally recognized as impermissible under international law, in connection with any act referred to in this paragraph or any crime within the jurisdiction of the Court;
persecution means the intentional and severe deprivation of fundamental rights contrary to international law by reason of the identity of the group or collectivity;
For the purpose of this Statute, it is understood that the term “gender” refers to the two sexes, male and female, within the context of society.
rape, sexual slavery, enforced prostitution, forced pregnancy, enforced sterilization, or any other form of sexual violence of comparable gravity;
(a) grave breaches of the Geneva Conventions of 12 August 1949, namely, any of the following acts against persons or property protected under the provisions of the relevant Geneva Convention:
(b) other serious violations of the laws and customs applicable in international armed conflict, within the established framework of international law, namely, any of the following acts:
(c) in the case of an armed conflict not of an international character, serious violations of article 3 common to the four Geneva Conventions of 12 August 1949, namely,
(e) other serious violations of the laws and customs applicable in armed conflicts not of an international character, within the established framework of international law, namely, any of the following acts:
(vii) conscripting or enlisting children under the age of fifteen years into armed forces or groups or using them to participate actively in hostilities;
"""

BY_REGIME = {
    "uk-ghr": UK_GHR_NOTES + UK_GHR + UK_ACT, "uk-gac": UK_GAC + UK_GAC_4 + UK_ACT, "ca-jvcfoa": CA_JVCFOA, "ca-sema": CA_SEMA, "eu-ghrsr": EU,
    "au-6a": AUSTRALIA, "us-3c": US_ADD_ONS, "us-khashoggi": US_ADD_ONS, "us-pp7750": US_ADD_ONS,
    "us-pp8697": US_ADD_ONS, "us-pp10685": US_ADD_ONS, "us-ina": US_ADD_ONS + US_CODE + US_1182, "us-levinson": US_ADD_ONS + US_CODE,
}  # fmt: skip
