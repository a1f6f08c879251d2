"""What the staff read: cards, curated answers, corrections; and what askers get from them."""

from __future__ import annotations

from datetime import date

from bot.kazakh.dates import date_in, format_date, format_number

# ------------------------------------------------------------------ to the asker

SIGNATURE = "Қызметкер жауабы"
CARD_CLOSED_TO_ASKER = (
    "Кешіріңіз, қызметкерлеріміз бұл сұраққа жауап бере алмады. Сұрағыңызды басқаша қойып көріңіз."
)


def signed(text: str) -> str:
    """A staff answer, marked as such."""
    return f"{SIGNATURE}: {text}"


CORRECTION = "Түзету"
CORRECTION_WHY = "Бұрын сізге берілген жауапта осы мәтінге сілтеме болған:"

# ------------------------------------------------------------------ cards

CARD_HELP = "Жауап беру үшін осы хабарға жауап жазыңыз (reply)."
NEAREST = "Ең жақын мәтіндер:"
CLOSE_CARD = "Жауапсыз жабу"
CARD_WITHOUT_WORDS = "Сұрақтың мәтіні өшірілген."
QUEUE_EMPTY = "Жауап күткен сұрақ жоқ."
SAVE = "Сақтау"
NOT_NOW = "Керек емес"
ALREADY_ANSWERED = "Бұл сұраққа жауап беріліп қойған немесе ол жабылған."
CARD_STATES = {"answered": "Жауап берілді.", "closed": "Жауапсыз жабылды.", "expired": "Мерзімі өтті."}
CARD_GONE = "Бұл сұрақ табылмады."
CARD_CLOSED = "Сұрақ жауапсыз жабылды, сұраған адамға хабарланды."
TEXT_ONLY = "Жауапты мәтінмен жазыңыз."


def card_title(number: int) -> str:
    """«Сұрақ № 5»; staff's replies are told apart by it (``cards.py``)."""
    return f"Сұрақ № {number}"


def asked_by(people: int) -> str:
    return f"сұраған: {format_number(people)} адам"


def understood_as(question: str) -> str:
    return f"Бот былай түсінді: {question}"


def open_cards(count: int) -> str:
    return f"Жауап күткен сұрақтар: {format_number(count)}"


def answer_sent(number: int, people: int) -> str:
    return f"Сұрақ № {number}: жауап {format_number(people)} адамға жіберіледі."


KEEP_OFFER = "Осы жауапты сақтасаңыз, сұрақты қайта қойғандарға бот бірден жауап береді."


def too_long(units: int, limit: int) -> str:
    return (
        f"Жауап тым ұзын: {format_number(units)} таңба. "
        f"Оны {format_number(limit)} таңбадан асырмай, қысқартып жазыңыз."
    )


# ------------------------------------------------------------------ curated answers


def answer_title(number: int) -> str:
    """«Жауап № 12»; staff's replies are told apart by it (``answers.py``)."""
    return f"Жауап № {number}"


ACTIVE = "қолданыста"
WITHDRAWN = "қолданыста емес"
RETIRED = "алып тасталған"
DRAFT = "жоба"
QUESTIONS = "Сұрақтар:"
CITATIONS = "Дәйексөздер:"
NO_CITATIONS = "Дәйексөз әлі таңдалмаған. Дәлелсіз жауап сақталмайды."
CHOOSE_CITATIONS = (
    "Дәйексөзді түймемен таңдаңыз немесе осы хабарға жауап ретінде жазыңыз: «law-assembly 9-бап» "
    "немесе «law-halyk-kenesi 12-бап 1-тармақ». Сол мәтіннің бір бөлігі ғана керек болса, оны тырнақшаға "
    "алып, соңына қосыңыз."
)
DONE = "Дайын"
EDIT_TEXT = "Мәтінін өзгерту"
ADD_QUESTION = "Сұрақ қосу"
EDIT_CITATIONS = "Дәйексөздері"
HISTORY = "Тарихы"
RENEW = "Жаңарту"
RETIRE = "Алып тастау"
RETIRE_SURE = "Иә, алып тастау"
BACK = "Артқа"
ANSWER_GONE = "Бұл жауап табылмады."
ANSWER_RETIRED = "Бұл жауап алып тасталған, оны өзгертуге болмайды."
NEEDS_CITATION = "Алдымен кемінде бір дәйексөз таңдаңыз."
LAST_CITATION = "Қолданыстағы жауапта кемінде бір дәйексөз қалуы керек."
PLACE_LOST = "Дәйексөздің орны қазіргі мәтінде жоқ. Жаңа дәйексөз таңдаңыз."
SAVED = "Жауап сақталды. Енді бот осындай сұраққа бірден жауап береді."
RENEWED = "Жауап жаңартылды, ол қайта қолданыста."
ANSWER_IS_RETIRED = "Жауап алып тасталды."
CHANGED = "Өзгеріс сақталды."
NOTHING_FOUND = "Ештеңе табылмады."
NO_ANSWERS = "Сақталған жауап әзірге жоқ."
QUOTE_NOT_THERE = "Тырнақшадағы сөздер ол жерде дәл осылай тұрған жоқ, сондықтан дәйексөз қосылмады."


def answers_count(active: int, withdrawn: int) -> str:
    return (
        f"Қызметкер жауаптары: {format_number(active)} қолданыста, "
        f"{format_number(withdrawn)} шешім күтіп тұр. Іздеу: /jauap сөз"
    )


def no_such_place(line: str) -> str:
    return f"Мұндай жер табылмады: «{line}». Дұрыс жазылуы: law-assembly 9-бап"


def text_prompt(number: int) -> str:
    """The message to reply to with a new text; told apart by its beginning."""
    return f"{answer_title(number)}: жаңа мәтінді осы хабарға жауап ретінде жазыңыз."


def question_prompt(number: int) -> str:
    return f"{answer_title(number)}: сұрақтың тағы бір түрін осы хабарға жауап ретінде жазыңыз."


CHANGES = {
    "created": "жазды",
    "edited": "өзгертті",
    "withdrawn": "қолданыстан шығарды",
    "renewed": "қолданысқа енгізді",
    "retired": "алып тастады",
}
BY_BOT = "бот"


def staff_member(code: str) -> str:
    """A member of the staff whom only the key of the number tells."""
    return f"қызметкер {code}"


WITHDRAWN_TITLE = "Жауап қолданыстан шығарылды: ол сүйенген мәтін өзгерді"
WITHDRAWN_HELP = (
    "«Жаңарту» жауапты қазіргі мәтінге сүйендіріп, қолданысқа қайтарады. «Алып тастау» оны біржола тоқтатады."
)
TEXT_WAS = "Бұрын:"
TEXT_NOW = "Қазір:"
TEXT_IS_GONE = "Бұл жердің мәтіні енді жоқ."


def act_ended(title: str, day: date) -> str:
    return f"{title}: {date_in(day)} күші жойылды."


REASONS = {"text changed": "сүйенген мәтін өзгерді", "act repealed": "актінің күші жойылды", "draft": DRAFT}

# ------------------------------------------------------------------ corrections

CORRECTION_USAGE = (
    "Түзетуді былай жазыңыз:\n/eskertu law-assembly 9-бап 30\nТүзетудің мәтіні келесі жолдан басталады.\n\n"
    "Соңғы сан – неше күн ішінде сол мәтін көрсетілгендерге жіберілетіні."
)
CORRECTION_NOBODY = "Бұл мәтін көрсетілген чат жоқ, түзету ешкімге жіберілмейді."
CORRECTION_CANCELLED = "Түзету жіберілген жоқ."
CORRECTION_TWICE = "Дәл осындай түзету жақында жіберілген."
CANCEL = "Болдырмау"
STOP = "Тоқтату"
SHOW_STATE = "Күйін көру"


def correction_preview(chats: int, place: str, days: int) -> str:
    return (
        f"Түзету {format_number(chats)} чатқа жіберіледі. Соңғы {format_number(days)} күнде оларға "
        f"мына мәтін көрсетілген: {place}.\n\nАлушылар мынаны көреді:"
    )


def send_to(chats: int) -> str:
    return f"Жіберу ({format_number(chats)})"


CAMPAIGN_STATES = {"running": "жіберілуде", "stopped": "тоқтатылды", "done": "аяқталды"}


def campaign_state(number: int, state: str, counts: tuple[int, int, int, int]) -> str:
    """:param counts: sent, left, blocked, and failed or dropped."""
    sent, left, blocked, failed = map(format_number, counts)
    return (
        f"Түзету № {number}: {CAMPAIGN_STATES[state]}.\n"
        f"Жіберілді: {sent} · қалды: {left} · бот бұғатталған: {blocked} · жетпеді: {failed}"
    )


# ------------------------------------------------------------------ statistics

STATISTICS = "Статистика"
WITH_CHART = "Суретпен көру"
STATISTICS_USAGE = "Мысалы: /statistika 30. Күн саны 1 мен 366 аралығында болсын."
QUESTIONS_A_DAY = "Күн сайынғы сұрақтар"
ANSWERED = "жауап берілді"
REFUSED = "жауап табылмады"
PASSED_ON = "қызметкерге берілді"
SMALLTALK = "әңгіме"
OUTCOMES = "Сұрақтардың нәтижесі"
FEEDBACK = "Пікірлер"
UP = "пайдалы"
DOWN_REASONS = {
    "wrong": "қате",
    "incomplete": "толық емес",
    "unclear": "түсініксіз",
    "other": "басқа",
    "unsaid": "себебі айтылмаған",
}
TOPICS = "Ең көп сұралған баптар"
SLOWEST = "Ең баяу жауаптар, мс"
NO_DATA = "дерек жоқ"
TEXT_DELETED = "(мәтіні өшірілген)"
DIGEST = "Апталық шолу"


def span(since: date, until: date) -> str:
    """«2026 жылғы 1 қараша – 2026 жылғы 7 қараша», or one day."""
    if since == until:
        return format_date(since)
    return f"{format_date(since)} – {format_date(until)}"


def totals(questions: int, answered: int, refused: int, passed_on: int) -> str:
    return (
        f"Сұрақтар: {format_number(questions)} · {ANSWERED}: {format_number(answered)} · "
        f"{REFUSED}: {format_number(refused)} · {PASSED_ON}: {format_number(passed_on)}"
    )


def votes(up: int, down: int) -> str:
    return f"Пікірлер: 👍 {format_number(up)} · 👎 {format_number(down)}"


def speed(people: int, median_ms: float | None) -> str:
    said = f"Сұраған адамдар: {format_number(people)}"
    return (
        said
        if median_ms is None
        else f"{said} · жауап уақытының медианасы: {format_number(round(median_ms))} мс"
    )


def waiting(cards: int, withdrawn: int) -> str:
    return (
        f"Жауап күткен сұрақтар: {format_number(cards)} (/kezek) · шешім күткен жауаптар: "
        f"{format_number(withdrawn)} (/jauap)"
    )
