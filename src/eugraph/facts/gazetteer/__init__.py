"""Gazetteer: countries, funding schemes, places and organisations known by name.

`known` loads what `data/gazetteer` tells, `geonames` is asked for every other
place, `geonames_compile` makes its index, and `knowledge` holds names and
lexicons as one.
"""
