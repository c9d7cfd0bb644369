"""Words that say nothing of what a text is about, folded."""

_GERMAN = """aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
    bin bis bist bzw da dabei dadurch dafur dagegen daher damit dann daran darauf daraus darf darin das dass davon dazu
    dein dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem
    einen einer eines er es etwa etwas fur gegen gibt hat hatte hatten haben habe hier hin hinter ich ihm ihn ihnen ihr
    ihre ihrem ihren ihrer ihres im in indem ins ist jede jedem jeden jeder jedes jedoch kann kein keine keinem keinen
    keiner konnen konnte konnten machen man mehr mein meine mit muss mussen nach nicht nichts noch nur ob oder ohne sehr
    sein seine seinem seinen seiner seines seit sich sie sind so solche solchem solchen solcher soll sollen sollte sollten
    sondern sonst soweit sowie uber um und uns unser unsere unter vom von vor wahrend war waren was weil welche welchem
    welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wurde wurden zu zum zur zwar zwischen
    bekommen bekommt brauche braucht brauchen"""
GERMAN = frozenset(_GERMAN.split())
_ENGLISH = """a about after all also an and any are as at be been before but by can could did do does for from had has have he her
    his how i if in into is it its may more most must my no not of on one or other our out over shall she should so some
    such than that the their them then there these they this those to under up was we were what when where which while
    who whom why will with would you your"""
ENGLISH = frozenset(_ENGLISH.split())
# "die" and "was" are German, "not" (Not) and "so" mean something in the other language: only what is empty in both, or
# what no query of the other language needs, is left out of a query.
OF_A_QUERY = GERMAN | (ENGLISH - {"not", "must", "over", "under", "before", "after"})
