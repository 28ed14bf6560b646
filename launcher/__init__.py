"""The launcher: from a bare machine to a served, tested or measured TiBillet.

Only the standard library is imported until `bootstrap.enter` has made the virtual
environment and continued inside it. One concern a module; `cli` names the commands.
"""
