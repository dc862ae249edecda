package dev.daypass.cli.report;

import java.util.List;

/**
 * What auditors ask for, and where a pack answers it: SOC 2 (trust services criteria of 2017) and
 * HIPAA (45 CFR 164.312). The words are ours; the criteria's own stand in those documents.
 */
enum Control {
  CC6_1(
      "SOC 2 CC6.1",
      "Access to production is restricted by rules, and keys are protected.",
      List.of(Table.GRANTED, Table.REFUSED, Table.CHANGES)),
  CC6_2(
      "SOC 2 CC6.2",
      "Who gets access is known and authorised first, and loses it when that ends.",
      List.of(Table.LOGINS, Table.GRANTED, Table.REVOKED)),
  CC6_3(
      "SOC 2 CC6.3",
      "Access follows roles, is no wider than needed, and is taken back.",
      List.of(Table.GRANTED, Table.UNUSED, Table.REVOKED, Table.CHANGES)),
  CC7_2(
      "SOC 2 CC7.2",
      "What is unusual is noticed and looked at.",
      List.of(Table.ALARMS, Table.REFUSED, Table.SESSIONS, Table.OPERATIONS)),
  HIPAA_A(
      "HIPAA 164.312(a)",
      "Access control: persons are unique, access ends by itself.",
      List.of(Table.GRANTED, Table.SESSIONS, Table.SERVERS)),
  HIPAA_B(
      "HIPAA 164.312(b)",
      "Audit controls: activity is recorded and can be examined.",
      List.of(Table.SESSIONS, Table.LOGINS, Table.OPERATIONS)),
  HIPAA_D(
      "HIPAA 164.312(d)",
      "Whoever seeks access is the one claimed.",
      List.of(Table.LOGINS, Table.REFUSED));

  private final String name;
  private final String asks;
  private final List<Table> tables;

  Control(String name, String asks, List<Table> tables) {
    this.name = name;
    this.asks = asks;
    this.tables = tables;
  }

  String shownName() {
    return name;
  }

  String asks() {
    return asks;
  }

  List<Table> tables() {
    return tables;
  }
}
