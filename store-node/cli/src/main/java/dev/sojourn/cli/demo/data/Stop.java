package dev.sojourn.cli.demo.data;

import java.time.LocalDate;

/** One stop of a journey, and the site whose POP the traveller reaches from there. */
public record Stop(LocalDate day, String place, String country, Site site) {}
