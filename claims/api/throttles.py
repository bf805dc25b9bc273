"""How often one account may write. Reads are bounded by their cost instead."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from claims.models import Allowance


class WriteThrottle(BaseThrottle):
    """Counted for an account, whichever token or session it comes with."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if request.method in SAFE_METHODS or not request.user:
            return True
        most = settings.WRITES_PER_MINUTE
        if wait := Allowance.objects.take(f"write {request.user.pk}", most):
            raise Throttled(
                wait, _("An account may write %(most)d times a minute.") % {"most": most}
            )
        return True
