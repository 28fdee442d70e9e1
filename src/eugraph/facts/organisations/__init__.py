"""Organisations: where they are named, how they are listed, and in which role.

`named` finds a name in a sentence. A list is read by its form: `enumerations` of
`items` in running text, `lines` one below the other, `listings` beside countries.
`leads` and `partner_lists` find what gives them a role, and `roles` decides.
"""
