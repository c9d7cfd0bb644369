"""Words of research, health, work, education and migration that mean the same in German and in English.

Each line is a concept: beginnings of English words, a stroke, beginnings of German ones. A German part of five letters or
more is also found inside a compound ("Arbeitsmarkt" in "Jugendarbeitsmarktpolitik"). All are folded (no umlauts, no ß).
Written for this project from general knowledge, not taken from a dictionary, a thesaurus or a data set.
"""

WORDS = """
random|randomis zufall
control|kontroll
trial|studie versuch
placebo|placebo
double blind blinded|doppelblind verblind
cohort|kohort
survey questionnaire|umfrage fragebog befrag
interview|interview
qualitative|qualitativ
quantitative|quantitativ
longitudinal|langsschnitt longitudinal
crosssection|querschnitt
prospective|prospektiv
retrospective|retrospektiv
review|ubersichtsarbeit ubersicht review
systematic|systematisch
metaanaly|metaanaly
literature|literatur
case report|fallbericht kasuistik
guideline|leitlinie richtlinie
evaluat assess|evalu bewert beurteil
effect efficac|effekt wirkung wirksam
intervention|intervention massnahme
outcome|ergebnis outcome endpunkt
result finding|resultat befund
baseline|ausgangswert baseline
followup|nachbeobacht nachverfolg followup
sample|stichprob
participant|teilnehm
patient|patient
subject proband volunteer|proband freiwillig
compar|vergleich
associat|assoziat zusammenhang
correlat|korrelat
predict|vorhersag pradikt prognost
risk|risik
factor|faktor
model|modell
trajector|verlauf trajektor
course|verlauf
growth|wachstum
mixture|mischung
latent|latent
class|klasse
regression|regression
analys|analys
method|methode verfahren
measure|messung messen gemess
scale|skala
valid|valid gultig
reliab|reliab zuverlass
significan|signifikan
increase|erhoh anstieg steiger zunahm zunehm
decrease reduc|reduzier verring senk abnahm abnehm ruckgang
improv|verbesser
change|verander anderung
develop|entwickl
implement|umsetz implement einfuhr
quality|qualitat
cost|kosten
econom|wirtschaft okonom
policy policies|politik
decision|entscheid
choice|wahlmog auswahl
behavio|verhalten
feedback|ruckmeld feedback
reminder|erinner
alert warning|warn
default|standardein voreinstell
nudg|anstups nudg
incentive|anreiz
peer|gleichaltrig peer
train|schulung training ausbild
education|bildung erzieh
educat|aufklar
school|schul
student pupil|student schuler studier
teacher|lehrer lehrkraft
university|universitat hochschul
learn|lern
teach|unterricht lehren
knowledge|wissen kenntnis
skill|fertigkeit fahigkeit
competence|kompeten
attitude|einstellung haltung
belief|uberzeug glaube
perce|wahrnehm
motivat|motivat
physician doctor clinician|arzt arztin arzte kliniker mediziner
nurs|pflege krankenschwest
pharmac|apothek pharma
hospital|krankenhaus klinik spital
clinic|klinisch klinik
practice|praxis
primary care|primarversorg hausarzt
care|versorgung pflege betreu
health|gesundheit
prescri|verschreib verordn
drug medication|medikament arzneimittel
antibiotic|antibiotik
vaccin immuni|impf vakzin immun
hygien handwash|hygiene handewasch
screening|screening vorsorge fruherkenn
test|test
diagnos|diagnos
treat|behandl
therap|therap
surg operation|chirurg operation
prevent|praventi vorbeug verhinder
prophyla|prophyla
disease|krankheit erkrank
illness sick|krank
disorder|storung
syndrome|syndrom
symptom|symptom
infect|infekt infiz
virus viral virom|virus viral viren virom
bacteri|bakteri
pathogen|erreger pathogen
parasit|parasit
metagenom|metagenom
genom|genom
gene genetic|gene genetisch
sequenc|sequenz sequenzier
dna|dna dns
rna|rna rns
protein|protein eiweiss
strain|stamm stamme
isolat|isolat isolier
novel new|neuartig neu neue neuen neuer
discover|entdeck
detect|nachweis nachgewies erkannt erkenn
identif|identifi
phylogen|phylogen stammbaum
divers|diversit vielfalt
evolution|evolution
outbreak|ausbruch
epidem|epidem
host|wirt
animal|tier
pig swine porcine|schwein
cattle bovine cow calf calves|rind kuh kuhe kalb
chicken poultry avian|huhn huhner geflugel vogel
bird|vogel
dog canine|hund
cat feline|katze
horse equine|pferd
sheep goat ovine|schaf ziege
bat bats|fledermaus fledermaus
mouse mice murine|maus mause
rat rats|ratte
fish|fisch
human|mensch human
farm livestock|betrieb nutztier vieh landwirt bauern
fecal faec stool|kot stuhl fakal
intestin gut enteric|darm intestin
respirat|atemweg respirator
lung pulmon|lunge pulmon
diarrh|durchfall diarrho
blood|blut
serum|serum
brain cerebr|gehirn hirn zerebral
heart cardi|herz kardi
kidney renal|niere renal
liver hepat|leber hepat
skin|haut
bone|knochen
hair|haar
cortisol|cortisol kortisol
hormon|hormon
insulin|insulin
diabet|diabet
cancer tumor tumour|krebs tumor
stroke|schlaganfall
hypertens|bluthochdruck hyperton
pain|schmerz
back|rucken
injur|verletz
trauma|trauma
accident|unfall
burn|brand verbrenn
disaster|katastroph
war|krieg
militar soldier|militar soldat
veteran|veteran
terror|terror
attack|anschlag angriff
posttraumat ptsd|posttraumat ptbs ptsd
stress|stress belast
depress|depress
anxi|angst
fear|furcht angst
suicid|suizid selbstmord
mental|psychisch mental seelisch
psycholog|psycholog
psychiatr|psychiatr
psychotherap|psychotherap
cognitive|kognitiv
emotion|emotion gefuhl
resilien|resilien
recover|erholung genesung
chronic|chronisch
acute|akut
severe sever|schwer
mild|leicht
onset|beginn
delay|verzoger
remission|remission
relapse|ruckfall
surviv|uberleb
mortal death die|sterb tod mortal
birth|geburt
pregnan|schwanger
mother matern|mutter
father|vater
parent|elter
family famil|familie
child|kind
adolescen youth|jugend
adult|erwachsen
elderly older aged|alter altere senior
woman women female|frau weiblich
man men male|mann manner mannlich
gender|geschlecht
sex sexual|sexuell
age|alter
population|bevolker
communit|gemeinde gemeinschaft
social|sozial
society|gesellschaft
support|unterstutz
network|netzwerk
group|gruppe
public|offentlich
govern|regier
administrat|verwalt
state|staat
law legal|recht gesetz
regulat|regul
right|recht
service|dienst
program|programm
project|projekt
provider|anbieter leistungserbring
organi|organis
manage|management
professional|fachkraft fachleute berufs
work job|arbeit
labor labour|arbeit
employ|beschaft arbeitgeb
unemploy|arbeitslos
market|markt
wage earning income|lohn einkommen verdienst
occupation|beruf
career|karriere laufbahn
qualification credential|qualifik abschluss
recogni|anerkenn
training apprentice vocational|ausbildung lehrling berufsbildung
compan firm enterprise|unternehmen firma betrieb
migra|migra
immigra|einwander zuwander immigra
refugee|fluchtling gefluchtet
asylum|asyl
foreign|ausland
ethnic|ethni
minorit|minderheit
racis|rassis
discrimina|diskrimin
integrat|integrat
language|sprach
cultur|kultur
religio|religi
muslim islam|muslim islam
citizen|burger
naturali|einburger
border|grenz
residence|aufenthalt
deport|abschieb
visa visum|visum visa
country countries|land lander
nation|nation
german|deutsch
turk|turk
syria|syri
europ|europa
america|amerika
africa|afrika
asia|asien asiat
chin|chin
unit|einheit
region|region
urban cit|stadt
rural|landlich
hous|wohn
povert poor|armut arm arme
inequal|ungleich
violen|gewalt
abuse|missbrauch
crim|krimin verbrech
prison|gefangnis haft
police|polizei
communicat|kommunik
information|information
media|medien
internet online|internet online
technolog|technolog technik
computer|computer rechner
software|software
system|system
data|daten
databas|datenbank
record|aufzeichn akte
electronic|elektronisch
digital|digital
phone|telefon
letter|brief
message|nachricht
web|web
environment|umwelt umgeb
climate|klima
energ|energie
water|wasser
food|lebensmittel nahrung
diet nutrition|ernahr diat
eat|essen
drink alcohol|alkohol trink
smok tobacco|rauch tabak
exercise|ubung
physical activit|korperlich aktivit
weight|gewicht
obes|adiposi fettleib
sleep|schlaf
season|saison jahreszeit
year|jahr
month|monat
week|woche
day|tag
hour|stunde
time|zeit
early|fruh
late|spat
long|lang
short|kurz
high|hoch hohe
low|niedrig gering
large|gross
small|klein
rate|rate quote
level|niveau ebene spiegel
number|anzahl zahl
frequen|haufig frequenz
prevalen|pravalen
inciden|inziden
dose dosage|dosis dosier
adheren complian|adharenz compliance einhalt befolg
safe|sicherheit sicher
adverse|unerwunscht
side effect|nebenwirk
error|fehler
use|nutzung verwend gebrauch
need|bedarf bedurfnis
barrier|barrier hindernis
access|zugang
satisf|zufrieden
quality life|lebensqualitat
function|funktion
impair disab|beeintracht behinder
loss|verlust
grief bereave|trauer
cope coping|bewaltig
attach|bindung
personal|person
self|selbst
experience|erfahr erleb
memor|gedachtnis
attention|aufmerksam
intelligen|intelligen
cell|zelle zellen
tissue|gewebe
receptor|rezeptor
enzym|enzym
mechanis|mechanis
pathway|signalweg
structure|struktur
process|prozess
theor|theori
concept|konzept
framework|rahmen
approach|ansatz
strateg|strateg
research|forsch
science scien|wissenschaft
experiment|experiment
observ|beobacht
simulat|simul
statistic|statist
probabil|wahrscheinlich
evidence|evidenz beweis
hypothes|hypothes
introduction|einleitung einfuhrung
background|hintergrund
objective aim purpose|ziel zweck
conclusion|schlussfolger fazit
discuss|diskus
conference proceeding|konferenz tagung tagungsband
journal|zeitschrift
article|artikel
author|autor
editor|herausgeb
""".strip()
