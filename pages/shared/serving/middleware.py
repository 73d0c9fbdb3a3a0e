"""What a request passes on its way to Streamlit, and its answer on the way back."""

from starlette.middleware import Middleware

from pages.shared.serving.hosts import KnownHosts
from pages.shared.serving.page import Page
from pages.shared.serving.policy import Refusals
from pages.shared.serving.sending import Sending

MIDDLEWARE = (Middleware(Refusals), Middleware(KnownHosts), Middleware(Sending), Middleware(Page))
"""From the outside in."""
