"""People and their groups. A manager keeps both; only a superuser makes or changes a superuser."""

from __future__ import annotations

from typing import Any

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401 - both register here what nobody is to see: see below
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from .accounts import views
from .accounts.backend import FACTORS

# Addresses are not used, and what a second factor is made of is nobody's business.
admin.site.unregister([User, Group, EmailAddress, Authenticator])


class PersonForm(forms.ModelForm):
    """An account without its password: that is chosen by its owner alone, with a one-time link."""

    class Meta:
        model = User
        fields = ("username",)
        field_classes = {"username": UsernameField}

    def clean_username(self) -> str:
        """Two names that differ in capitals alone would be taken for each other."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody has this name already."))
        return name

    def save(self, commit: bool = True) -> User:
        if self.instance._state.adding:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """An account. What it may do follows from its groups alone."""

    form = add_form = PersonForm
    add_form_template = None
    change_form_template = "admin/auth/user/person.html"
    list_display = (
        "username",
        "first_name",
        "last_name",
        "email",
        "is_active",
        "is_superuser",
        "second_factor",
        "last_login",
    )
    list_filter = ("is_active", "groups", "is_superuser")
    autocomplete_fields = ("groups",)
    filter_horizontal = ()
    ordering = ("username", "pk")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (_("Who it is"), {"fields": ("username", ("first_name", "last_name"), "email")}),
        (
            _("What they may do"),
            {
                "description": _(
                    "Writers edit. Editors also publish and withdraw. Managers also keep people and units."
                ),
                "fields": ("is_active", "is_staff", "is_superuser", "groups"),
            },
        ),
        (_("Since when"), {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = fieldsets[:2]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Who is added is to come in."""
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        theirs = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
        return super().get_queryset(request).annotate(second=Exists(theirs))

    @admin.display(description=_("second factor"), boolean=True, ordering="second")
    def second_factor(self, user: User) -> bool:
        return user.second

    def get_urls(self) -> list[URLPattern]:
        """Django's, without the page on which one person chooses the password of another."""
        stock = [each for each in super().get_urls() if each.name != "auth_user_password_change"]
        link = self.admin_site.admin_view(views.issue(self))
        return [path("<path:object_id>/link/", link, name="auth_user_link"), *stock]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple:
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def may_issue_link(self, request: HttpRequest, obj: User) -> bool:
        """Not for oneself: whoever holds a session that is not theirs would keep the account with it."""
        return obj.pk != request.user.pk and self.has_change_permission(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        context["may_issue_link"] = obj is not None and self.may_issue_link(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_actions(self, request: HttpRequest) -> dict:
        return {}  # people are not deleted by the dozen


def _may_touch(request: HttpRequest, obj: User | None) -> bool:
    """Whoever changes an account can sign in as it: so no one gains rights over those above."""
    return obj is None or request.user.is_superuser or not obj.is_superuser


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """A group and its rights."""

    filter_horizontal = ()
    ordering = ("name", "pk")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.SelectMultiple(attrs={"size": 20})
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_actions(self, request: HttpRequest) -> dict:
        return {}
