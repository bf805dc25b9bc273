"""Who asks: told by a session."""

from rest_framework.authentication import SessionAuthentication

AUTHENTICATION = (SessionAuthentication,)
