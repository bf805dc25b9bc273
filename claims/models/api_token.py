"""API tokens: what an account gives to a program, so that it may act in its name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.crypto import hash_token
from knox.models import AbstractAuthToken, get_digest_token
from knox.settings import CONSTANTS

from claims.choices import TokenScope

from .constraints import one_of

DAYS, MOST_DAYS = 90, 365  # how long a token lives unless said, and at most
MOST_LIVE = 50  # tokens of one account: a list that needs no pages


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self) -> ApiTokenQuerySet:
        return self.filter(expiry__gt=timezone.now())

    def expired(self) -> ApiTokenQuerySet:
        return self.filter(expiry__lte=timezone.now())

    def with_secret(self, secret: str) -> ApiTokenQuerySet:
        return self.filter(digest=hash_token(secret))

    def in_reach_of(self, user: Any) -> ApiTokenQuerySet:
        """One's own; for those who keep the accounts, everybody's but a superuser's."""
        if user.is_superuser:
            return self
        if user.has_perm("auth.change_user"):
            return self.filter(models.Q(user=user) | models.Q(user__is_superuser=False))
        return self.filter(user=user)


class ApiToken(AbstractAuthToken):
    """A token that reaches no further than its account does, and dies with it.

    Only its digest is kept (SHA-512), and its first characters to know it by.
    """

    uid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    digest = models.CharField(max_length=CONSTANTS.DIGEST_LENGTH, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    scope = models.CharField(
        _("scope"), max_length=5, choices=TokenScope.choices, default=TokenScope.READ
    )
    created = models.DateTimeField(_("made"), auto_now_add=True)
    expiry = models.DateTimeField(_("expires"))

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        ordering = ["-created", "uid"]
        constraints = [one_of("scope", TokenScope, "apitoken")]

    def __str__(self) -> str:
        return self.name

    @property
    def hint(self) -> str:
        """How its clear text begins."""
        return f"{self.token_key}…"

    @property
    def is_expired(self) -> bool:
        return self.expiry <= timezone.now()

    def clean(self) -> None:
        """An account knows its live tokens by their names. Raises ValidationError by field."""
        live = ApiToken.objects.live().filter(user=self.user)
        if live.filter(name=self.name).exists():
            raise ValidationError(
                {"name": _("You have a token with this name: revoke it, or choose another name.")}
            )
        if live.count() >= MOST_LIVE:
            raise ValidationError(
                _("You have %(most)d tokens, which is as many as there may be: revoke one.")
                % {"most": MOST_LIVE}
            )

    def issue(self, *, days: int) -> str:
        """Save it, to live for so many days; its clear text, which nobody can ever read again.

        The account's expired tokens go: who looks for one has seen it by now.
        """
        ApiToken.objects.expired().filter(user=self.user).delete()
        self.digest, secret = get_digest_token()
        self.token_key = secret[: CONSTANTS.TOKEN_KEY_LENGTH]
        self.expiry = timezone.now() + timedelta(days=days)
        self.save(force_insert=True)
        return secret
