"""Why a backup or a restore did not happen."""


class BackupRefused(RuntimeError):
    """A sentence for the person at the terminal: what is wrong and what to do."""
