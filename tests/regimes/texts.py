"""Official texts of the other countries as published, copied by hand for comparison."""

# ruff: noqa: E501

from __future__ import annotations

UK_GHR_NOTES = """
The Regulations permit a Minister to designate a person only if the Minister has reasonable grounds to suspect that the person is an “involved person” in relation to certain human rights violations or abuses.
The Minister must also be satisfied that the designation is appropriate having regard to the purpose of deterring or providing accountability for such activities, and the likely significant effects on that person, as far as known.
At the point of the launch of the Regulations, these priority themes include media freedom, combatting modern slavery, preventing sexual violence in or related to conflict, freedom of religion or belief, torture prevention and the protection of human rights defenders.
In line with human rights priorities, HMG is likely to give particular attention to activities that are carried out in relation to individuals who seek to obtain, exercise, defend or promote human rights, such as journalists, civil society activists, human rights defenders and whistle-blowers.
The purpose of the GHR sanctions regime is to provide accountability for, and deter, activity that would, if it was carried out by a State, amount to a serious violation of certain human rights by that State.
"""

UK_GAC = """
Condition A is that the Secretary of State has reasonable grounds to suspect that that person is an involved person.
an “involved person” means a person who (a) is or has been involved in serious corruption, (b) is owned or controlled directly or indirectly (within the meaning of regulation 7) by a person who is or has been so involved, (c) is acting on behalf of or at the direction of a person who is or has been so involved, or (d) is a member of, or associated with, a person who is or has been so involved.
(a) the person is responsible for or engages in serious corruption; (b) the person facilitates or provides support for serious corruption; (c) the person profits financially or obtains any other benefit from serious corruption; (d) the person conceals or disguises, or facilitates the concealment or disguise of (i) serious corruption, or (ii) any profit or proceeds from serious corruption; (e) the person transfers or converts, or facilitates the transfer or conversion of, any profit or proceeds from serious corruption; (f) the person is responsible for the investigation or prosecution of serious corruption and intentionally or recklessly fails to fulfil that responsibility, or (g) the person uses threats, intimidation or physical force to interfere in, or otherwise interferes in, any law enforcement or judicial process in connection with serious corruption; (h) the person contravenes, or assists with the contravention of, any provision of Part 3 of these Regulations.
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
"""

CA_SEMA = """
national, in relation to a foreign state, means an individual who possesses the nationality of that state as determined in accordance with the laws of that state or a body corporate incorporated or continued by or under the laws of that state;
The Governor in Council may, if the Governor in Council is of the opinion that any of the circumstances described in subsection (1.1) has occurred,
(c) gross and systematic human rights violations have been committed in a foreign state; or
(d) a national of a foreign state who is either a foreign public official, within the meaning of section 2 of the Corruption of Foreign Public Officials Act, or an associate of such an official, is responsible for or complicit in ordering, controlling or otherwise directing acts of corruption — including bribery, the misappropriation of private or public assets for personal gain, the transfer of the proceeds of corruption to foreign states or any act of corruption related to expropriation, government contracts or the extraction of natural resources — which amount to acts of significant corruption when taking into consideration, among other things, their impact, the amounts involved, the foreign national’s influence or position of authority or the complicity of the government of the foreign state in question in the acts.
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

BY_REGIME = {
    "uk-ghr": UK_GHR_NOTES, "uk-gac": UK_GAC, "ca-jvcfoa": CA_JVCFOA, "ca-sema": CA_SEMA, "eu-ghrsr": EU,
    "au-6a": AUSTRALIA, "us-3c": US_ADD_ONS, "us-khashoggi": US_ADD_ONS, "us-pp7750": US_ADD_ONS,
    "us-pp8697": US_ADD_ONS, "us-pp10685": US_ADD_ONS, "us-ina": US_ADD_ONS, "us-levinson": US_ADD_ONS,
}  # fmt: skip
