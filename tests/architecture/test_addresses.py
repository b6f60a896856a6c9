"""Every address says who may use it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# The sign-in library's own pages check the person themselves; whole libraries are named here, never single views.
LIBRARIES = ("allauth.",)


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of ours, with the view behind it."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if not str(getattr(entry.urlconf_module, "__name__", "")).startswith(LIBRARIES):
                yield from patterns(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


def test_each_view_states_its_ability() -> None:
    silent = [address for address, entry in patterns() if not hasattr(entry.callback, "ability")]

    assert silent == []


def test_each_address_has_a_name() -> None:
    nameless = [address for address, entry in patterns() if not entry.name]

    assert nameless == []


def test_no_address_holds_a_counting_number() -> None:
    assert [address for address, _ in patterns() if "<int:" in address] == []
