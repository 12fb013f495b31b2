package dev.gatehouse.firewall.policy;

/** What a value may be recognised as by itself, wherever it stands. */
public enum ValueKind {
    EMAIL,
    CARD_NUMBER,
    IBAN,
    PHONE,
    SSN_US,
    JWT,
    PRIVATE_KEY
}
