"""Kolada's key figures and their values.  Source to state: "Källa: Kolada"."""

from django.db import models


class Kpi(models.Model):
    """A key figure in Kolada, the national database of municipal statistics."""

    kolada_id = models.CharField(max_length=6, unique=True)  # "N15505"
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
