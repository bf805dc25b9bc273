"""Which way another desk's rating points, by its words: a table, and nothing is guessed.

Only what says of itself that a claim is right or wrong, wholly or mostly, points anywhere. Half
true, misleading, out of context, satire and the like are context, and stand here so that they are
not told as unknown. Words are compared without case, accents and marks.

The numbers are those of Google's fact check documentation, 1 (false) to 5 (true): looked at only
where a rating has no words, and has just that scale.
"""

from __future__ import annotations

import re
import unicodedata

from claims.choices import Stance

_WORDS = {
    Stance.CONTRADICTS: """
        false; mostly false; totally false; completely false; entirely false; pants on fire;
        four pinocchios; fake; fake news; hoax; incorrect; inaccurate; mostly inaccurate; wrong;
        untrue; not true; fabricated; debunked; not kept; promise broken; did not come true;
        falso; falsa; es falso; é falso; mayormente falso; bulo; mentira; incorrecto; incorreto;
        faux; c'est faux; plutôt faux; infox; inexact; falsch; größtenteils falsch;
        überwiegend falsch; frei erfunden; unwahr; onwaar; grotendeels onwaar; niet waar; onjuist;
        falskt; falsk; feil; helt feil; väärä; fałsz; fałszywe; nieprawda; nepravda; lež; laž;
        lažno; neistina; neresnica; hamis; ложь; неправда; фейк; неверно; вымысел; брехня; хибно;
        хлусня; лъжа; невярно; неистина; лажно; ψευδές; ψευδή; yanlış; sahte; yalan;
        خطأ; زائف; كاذب; خبر زائف; غير صحيح; مفبرك; نادرست; دروغ; جعلی; שקר; לא נכון;
        झूठ; असत्य; फर्जी; फ़र्ज़ी; गलत; ग़लत; মিথ্যা; ভুয়া; பொய்;
        假; 错误; 錯誤; 虚假; 虛假; 不实; 不實; 谣言; 謠言; 誤り; ほぼ誤り; 虚偽;
        거짓; 전혀 사실 아님; 대체로 사실 아님; เท็จ; ข่าวปลอม; sai; sai sự thật;
        salah; hoaks; tidak benar; palsu; uongo; si kweli
        """,
    Stance.SUPPORTS: """
        true; mostly true; correct; mostly correct; accurate; mostly accurate; right; verified;
        geppetto checkmark; kept; promise kept; came true;
        verdadero; verdadera; mayormente verdadero; mayormente cierto; cierto; correcto;
        verdadeiro; verdade; correto; vero; corretto; vrai; c'est vrai; plutôt vrai; exact;
        wahr; richtig; größtenteils richtig; überwiegend richtig; stimmt; waar; grotendeels waar;
        juist; sant; sandt; riktig; helt sant; prawda; pravda; točno; istina; resnica; igaz;
        правда; верно; истина; правдиво; праўда; вярно; точно; вистина; αληθές; αλήθεια; doğru;
        صحيح; حقيقي; درست; אמת; נכון; सच; सही; সত্য; உண்மை; 真; 正确; 正確; 属实; 屬實;
        事実; 正しい; 사실; 대체로 사실; จริง; đúng; đúng sự thật; benar; fakta; kweli
        """,
    Stance.CONTEXT: """
        half true; half truth; half false; partly true; partly false; partially true; mixture;
        partially false; mixed; misleading; missing context; needs context; lacks context;
        out of context; exaggerated; unproven; unsupported; unverified; no evidence; satire;
        labeled satire; disputed; one pinocchio; two pinocchios; three pinocchios; outdated;
        opinion; spins the facts; cherry picks; false and misleading; scam; miscaptioned;
        misattributed; altered photo; altered video; research in progress; compromise; stalled;
        in the works; kept late; came true late; partly kept; partly came true; partly accurate;
        cannot be rated; cannot be judged; cannot be verified; condition never arose;
        engañoso; enganoso; medias verdades; verdad a medias; sin evidencias; sátira; discutible;
        parcialmente falso; impreciso; insustentável; sem contexto; distorcido; exagerado;
        trompeur; à nuancer; contexte manquant; partiellement faux; partiellement vrai; imprécis;
        irreführend; teilweise falsch; teils falsch; halb wahr; teilweise richtig;
        fehlender kontext; unbelegt; unbewiesen; misleidend; deels waar; gedeeltelijk onwaar;
        fuorviante; parzialmente falso; delvis sant; delvis falskt; vilseledande; villedende;
        manipulacja; zavádějící; zavádzajúce; манипуляция; маніпуляція; полуправда; напівправда;
        отчасти правда; вводит в заблуждение; παραπλανητικό; yanıltıcı; karma; مضلل; مضللة;
        भ्रामक; आधा सच; বিভ্রান্তিকর; 误导; 誤導; 部分錯誤; 部分错误; ミスリード; 不正確;
        절반의 사실; 판단 유보; menyesatkan; sesat
        """,
}


def _plain(text: str) -> str:
    """Words alone: no case, no accents on Latin and Greek letters, no marks around them."""
    text = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
    text = re.sub(r"(?<=[a-zα-ω])[\u0300-\u036f]+", "", text)
    kept = ("L", "M", "N")  # letters, the signs that go with them, numbers
    return " ".join(
        "".join(each if unicodedata.category(each)[0] in kept else " " for each in text).split()
    )


_STANCES = {_plain(word): stance for stance, words in _WORDS.items() for word in words.split(";")}


def stance_of(rating: str) -> Stance | None:
    """Which way a rating of these words points; None: the table does not know them."""
    return _STANCES.get(_plain(rating))


def stance_of_number(rating: str, worst: str, best: str) -> Stance | None:
    """The same of a number without words; None: it is on another scale, or on none."""
    if (worst, best) != ("1", "5"):
        return None
    return {
        "1": Stance.CONTRADICTS,
        "2": Stance.CONTRADICTS,
        "3": Stance.CONTEXT,
        "4": Stance.SUPPORTS,
        "5": Stance.SUPPORTS,
    }.get(rating)
