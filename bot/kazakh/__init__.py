"""Every string that a user reads, one module a subject; the polite form (сіз) throughout.

Constants for what is always the same, small functions for what carries a value. Nothing here knows
Telegram or HTML: callers escape.
"""

from bot.kazakh.answers import APOLOGY_WITHOUT_ID as APOLOGY_WITHOUT_ID
from bot.kazakh.answers import CUT_QUOTE as CUT_QUOTE
from bot.kazakh.answers import EXAMPLES as EXAMPLES
from bot.kazakh.answers import NO_ANSWER as NO_ANSWER
from bot.kazakh.answers import NOT_HELD as NOT_HELD
from bot.kazakh.answers import SMALL_TALK as SMALL_TALK
from bot.kazakh.answers import SUGGESTIONS as SUGGESTIONS
from bot.kazakh.answers import apology as apology
from bot.kazakh.answers import article_is_old as article_is_old
from bot.kazakh.answers import article_overtaken as article_overtaken
from bot.kazakh.answers import article_overtaken_by_repeal as article_overtaken_by_repeal
from bot.kazakh.answers import asked as asked
from bot.kazakh.answers import dropped_quotes as dropped_quotes
from bot.kazakh.answers import genitive_of as genitive_of
from bot.kazakh.answers import heading_of as heading_of
from bot.kazakh.answers import in_force_now as in_force_now
from bot.kazakh.answers import lead_of_article as lead_of_article
from bot.kazakh.answers import lead_of_law as lead_of_law
from bot.kazakh.dates import date_from as date_from
from bot.kazakh.dates import date_in as date_in
from bot.kazakh.dates import date_of as date_of
from bot.kazakh.dates import date_until as date_until
from bot.kazakh.dates import format_date as format_date
from bot.kazakh.dates import format_number as format_number
from bot.kazakh.sources import EARLIER_TEXT as EARLIER_TEXT
from bot.kazakh.sources import FAQ_STATUS as FAQ_STATUS
from bot.kazakh.sources import IN_FORCE as IN_FORCE
from bot.kazakh.sources import NOT_IN_FORCE as NOT_IN_FORCE
from bot.kazakh.sources import NOW as NOW
from bot.kazakh.sources import SOURCE_ARTICLE_STATUS as SOURCE_ARTICLE_STATUS
from bot.kazakh.sources import edition_of as edition_of
from bot.kazakh.sources import enters_into_force_on as enters_into_force_on
from bot.kazakh.sources import locator as locator
from bot.kazakh.sources import repeal_notice as repeal_notice
from bot.kazakh.sources import repealed_on as repealed_on
from bot.kazakh.sources import was_in_force as was_in_force
from bot.kazakh.telegram import DOCUMENTS as DOCUMENTS
from bot.kazakh.telegram import FILE_MESSAGE as FILE_MESSAGE
from bot.kazakh.telegram import FULL_TEXT as FULL_TEXT
from bot.kazakh.telegram import FULL_TEXT_GONE as FULL_TEXT_GONE
from bot.kazakh.telegram import NEXT as NEXT
from bot.kazakh.telegram import NO_DOCUMENTS as NO_DOCUMENTS
from bot.kazakh.telegram import OTHER_MESSAGE as OTHER_MESSAGE
from bot.kazakh.telegram import PICTURE_MESSAGE as PICTURE_MESSAGE
from bot.kazakh.telegram import PREVIOUS as PREVIOUS
from bot.kazakh.telegram import QUESTION_GONE as QUESTION_GONE
from bot.kazakh.telegram import START as START
from bot.kazakh.telegram import STICKER_MESSAGE as STICKER_MESSAGE
from bot.kazakh.telegram import UNKNOWN_COMMAND as UNKNOWN_COMMAND
from bot.kazakh.telegram import VOICE_MESSAGE as VOICE_MESSAGE
from bot.kazakh.telegram import editions as editions
from bot.kazakh.telegram import page_of as page_of
from bot.kazakh.terminal import TERMINAL_ANSWER as TERMINAL_ANSWER
from bot.kazakh.terminal import TERMINAL_FAREWELL as TERMINAL_FAREWELL
from bot.kazakh.terminal import TERMINAL_PROMPT as TERMINAL_PROMPT
from bot.kazakh.terminal import TERMINAL_WELCOME as TERMINAL_WELCOME
