"""The commands of `lode`, one module each; the module's name is the command's, and `command` its click command."""
