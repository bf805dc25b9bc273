"""Signing in with a password: attempts are counted before the password is looked at.

It is Django's authentication backend, so that no door can forget it: the desk's page and HTTP
Basic both come through here.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Any
from unicodedata import normalize

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle

from claims.models import Allowance

NETWORK = 64  # bits of an IPv6 address that one customer is given (RFC 6177): the rest is theirs


class TooManyLogins(Exception):
    """From this address or for this name; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Too many attempts to sign in: wait {wait} seconds")
        self.wait = wait


class CountedLogins(ModelBackend):
    """A success is given back: who signs in often, with the right password, is not hindered.

    A name is counted whether an account has it or not, and Django hashes a password for a name
    that none has: neither the answer nor its time tells which names there are.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Raises TooManyLogins."""
        if username is None or password is None or "\0" in username:  # PostgreSQL has no NUL
            return None
        rates = {}
        if request is not None:  # asked first: who is refused there uses up no name
            rates[f"login from {network_of(request)}"] = settings.LOGINS_PER_MINUTE_FROM_ADDRESS
        rates[f"login {normalize('NFKC', username)}"] = settings.LOGINS_PER_MINUTE_OF_NAME
        for what, per_minute in rates.items():
            if wait := Allowance.objects.take(what, per_minute):
                raise TooManyLogins(wait)
        user = super().authenticate(request, username, password, **kwargs)
        if user is not None:
            for what, per_minute in rates.items():
                Allowance.objects.give_back(what, per_minute)
        return user

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Their own and their roles', by one query instead of Django's two."""
        if not user_obj.is_active or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            own = User.user_permissions.through.objects.filter(user=user_obj.pk)
            roles = Group.permissions.through.objects.filter(group__user=user_obj.pk)
            found = Permission.objects.filter(
                Q(pk__in=own.values("permission")) | Q(pk__in=roles.values("permission"))
            )
            names = found.order_by().values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in names}
        return user_obj._perm_cache


def network_of(request: Any) -> str:
    """Whence a request comes, past the proxies that are ours (NUM_PROXIES)."""
    text = BaseThrottle().get_ident(request) or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> (128 - NETWORK) << (128 - NETWORK)))
    return text
