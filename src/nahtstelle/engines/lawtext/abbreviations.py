"""Words that decide whether a full stop ends a sentence: abbreviations, function words, months."""

MONTHS = (
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|Jan|Feb|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez"
)

_ABBREVIATIONS = """
abb abk abl abs abschn abt aktz allg anh anl anm aufl ausg az banz bay bd begr beil bek bem ber betr bez bzgl buchst
ca co dipl doppelbuchst einschl entspr erg erl etc evtl exkl fa gem ges geb geänd gez ggf ggfs halbs hess hon inc incl
ing inh inkl insb insbes iur jur kap kfm lat lfd lit ltd max med mill mind mio mrd nachf nds nat nov öff oec österr op
paed phil pol pos priv proc prof ref rel rer sachgeb sächs sog soz tel techn theol tit übk unterabs unterabschn unterabt
urspr usf usw vergl verf verh vers verw vol vorbem wiss ziff zit zul zus zust zuzgl eidg einh einschließl
"""

_FUNCTION_WORDS = """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines dies diese diesem diesen
dieser dieses jede jedem jeden jeder jedes jene jener jenes solche solcher solches alle allen aller alles andere anderes
beide mehrere einige manche sämtliche welche welcher welches er sie es ihm ihn ihnen ihr ihre ihrem ihren ihrer sein
seine seinem seinen seiner man wer wem wen was wir
ab an am auf aufgrund aus außer außerhalb bei beim bis binnen durch entgegen für gegen gegenüber gemäß hinsichtlich
hinter im in infolge innerhalb ins laut mangels mit nach neben ohne seit sofern soweit solange sobald statt trotz über
um unbeschadet ungeachtet unter vom von vor vorbehaltlich während wegen zu zugunsten zum zur zwischen zwecks anstelle
anlässlich anhand mittels bezüglich einschließlich ausgenommen
aber abweichend allerdings als also anderenfalls andernfalls auch außerdem bereits da dabei dadurch dafür dagegen daher
damit danach daneben daran darauf daraus darin darüber darunter davon dazu demgegenüber dennoch deren dessen deshalb
ebenfalls ebenso entsprechend entsprechendes erst falls ferner folgende folgendes gleiches gleichzeitig hat haben hätte
hierbei hierdurch hierfür hiergegen hiermit hiernach hierüber hiervon hierzu insbesondere insoweit ist jedoch kann
können lediglich maßgebend maßgeblich muss müssen muß nachdem nicht nur ob obwohl oder schließlich sind so sodann soll
sollen sonst sonstige sowie sowohl später spätestens stets trotzdem und unberührt vielmehr war waren weil weist weiter
weitere weiteren weiterhin weiterer wenn werden wie wird wo wobei wurde wurden zudem zuletzt zunächst zusätzlich
zuständig darf dürfen gilt gelten bleibt bleiben liegt liegen besteht bestehen erfolgt erfolgen findet finden steht
"""

# In lower case, without the stop; single letters and words without a vowel need no entry.
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
# With the capital they have at the beginning of a sentence; inside one they would be written without.
FUNCTION_WORDS = frozenset(word.capitalize() for word in _FUNCTION_WORDS.split())
