"""Language: a text as words, and what a language's own data says of them.

`words` cuts, `phrases` finds many phrases in one walk, `lexicon` holds what a
language calls the things we read, `compounds` finds its nouns inside longer
ones, `quoted` finds quotations, `dates` reads dates by a grammar over classes of
words. Nothing here knows what a project is.
"""
