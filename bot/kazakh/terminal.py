"""The conversation in a terminal."""

TERMINAL_WELCOME = (
    "Қазақстан халқы Ассамблеясы мен оған қатысты заңдар туралы сұраңыз. Шығу үшін Ctrl+D басыңыз."
)
TERMINAL_PROMPT = "Сұрақ"
TERMINAL_ANSWER = "Жауап"
TERMINAL_FAREWELL = "Сау болыңыз!"
