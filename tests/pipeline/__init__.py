"""The pipeline: what is made of the edition before, and what happens when it breaks off."""
