"""Which Content-Security-Policy an address gets. docs/security.md says why.

The public pages get the strict one without exceptions: no inline script, no inline style, no other
host, no nonce (so that a cached page is the same for everybody).
"""

from django.conf import settings

SELF, NONE, UNSAFE_INLINE = "'self'", "'none'", "'unsafe-inline'"

Directives = dict[str, list[str]]

PUBLIC: Directives = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "media-src": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    # Wagtail's preview shows a public page inside a frame of the admin.
    "frame-ancestors": [SELF],
}

# The staff's screens of a case show what strangers wrote, so scripts there come from files only.
# Wagtail's own script and its editor set styles in attributes; pictures come from file inputs too.
CASE: Directives = PUBLIC | {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}

# The rest of Wagtail's admin: inline scripts of its chooser widgets and inline panels, and of the
# translation editor. A nonce would switch 'unsafe-inline' off.
STAFF: Directives = CASE | {
    "script-src": [SELF, UNSAFE_INLINE],
    "media-src": [SELF, "blob:"],
    "worker-src": [SELF, "blob:"],
}

# The first that the address starts with decides.
POLICIES: list[tuple[str, Directives]] = [
    ("/admin/cases/", CASE),
    ("/admin/", STAFF),
]


def policy_for(path: str) -> Directives:
    """The directives for an address; with the hosts of stored pictures if they lie elsewhere."""
    chosen = next((policy for start, policy in POLICIES if path.startswith(start)), PUBLIC)
    hosts = list(getattr(settings, "CSP_MEDIA_HOSTS", []))
    if not hosts:
        return chosen
    return chosen | {name: [*chosen[name], *hosts] for name in ("img-src", "media-src")}
