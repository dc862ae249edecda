package dev.daypass.web.audit;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonBoolean;
import dev.daypass.ledger.json.JsonInteger;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.web.body.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Entries as members of an answer. */
final class EntryMembers {
  private EntryMembers() {}

  /** One of many: what an auditor looks for first. */
  static Consumer<Members> line(ReadEntry read) {
    return out -> {
      out.text("entry", read.number().toString());
      out.text("at", read.entry().at().toString());
      out.text("kind", read.entry().kind().wireName());
      read.person().ifPresent(person -> out.text("person", person));
      read.role().ifPresent(role -> out.text("role", role));
      read.reason().ifPresent(reason -> out.text("reason", reason));
      if (!read.servers().isEmpty()) {
        out.texts("servers", read.servers());
      }
      if (read.details().isEmpty()) {
        out.flag("erased", true);
      }
    };
  }

  /** All of one, with its proof. */
  static Consumer<Members> whole(ReadEntry read, Optional<String> proof) {
    return out -> {
      out.text("entry", read.number().toString());
      out.text("at", read.entry().at().toString());
      out.text("kind", read.entry().kind().wireName());
      out.text("leaf_hash", read.entry().leafHash().base64());
      out.text("details_hash", read.entry().detailsHash().base64Url());
      read.entry().commitSsh().ifPresent(hash -> out.text("commits_ssh", hash.base64Url()));
      read.entry().publicPart().ifPresent(part -> out.group("public", members(part)));
      out.flag("erased", read.details().isEmpty());
      read.details().ifPresent(details -> out.group("details", members(details)));
      proof.ifPresent(text -> out.text("proof", text));
    };
  }

  private static Consumer<Members> members(JsonObject object) {
    return out -> object.members().forEach((name, value) -> member(out, name, value));
  }

  private static void member(Members out, String name, JsonValue value) {
    switch (value) {
      case JsonText(String text) -> out.text(name, text);
      case JsonInteger(long number) -> out.number(name, number);
      case JsonBoolean(boolean truth) -> out.flag(name, truth);
      case JsonObject object -> out.group(name, members(object));
      case JsonArray(List<JsonValue> values) -> array(out, name, values);
    }
  }

  /** An array of objects, or of words; the ledger has no other. */
  private static void array(Members out, String name, List<JsonValue> values) {
    List<Consumer<Members>> objects = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (JsonValue value : values) {
      if (value instanceof JsonObject object) {
        objects.add(members(object));
      } else if (value instanceof JsonText(String word)) {
        words.add(word);
      }
    }
    if (objects.isEmpty()) {
      out.texts(name, words);
    } else {
      out.groups(name, objects);
    }
  }
}
