"""The room in which strangers' bytes are taken apart: a process that starts, locks itself in and then asks for work.

Parent's side: :mod:`command`, :mod:`child`, :mod:`box`, :mod:`exchange`, :mod:`programs`. Child's side:
:mod:`worker`, :mod:`handed`, :mod:`asking`. What locks it in: :mod:`confine` and what that calls. Whether it
holds: :mod:`hostile` and :mod:`selftest`. What is read, converted or drawn is no concern of this room.
"""
