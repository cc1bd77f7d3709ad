// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks a document against as much of JSON Schema as our own schemas use; an unknown keyword is an error of the schema. */
final class Schema {
    private final JsonNode root;
    private final List<String> errors = new ArrayList<>();

    private Schema(JsonNode root) {
        this.root = root;
    }

    /** What is wrong with a document, each with its place; empty if nothing is. */
    static List<String> check(JsonNode schema, JsonNode document) {
        Schema checked = new Schema(schema);
        checked.node(schema, document, "$");
        return checked.errors;
    }

    private void node(JsonNode schema, JsonNode value, String place) {
        schema.propertyNames().forEach(keyword -> keyword(schema, keyword, schema.get(keyword), value, place));
    }

    private void keyword(JsonNode schema, String keyword, JsonNode rule, JsonNode value, String place) {
        switch (keyword) {
            case "$schema", "title", "description", "$defs" -> {
                // for people
            }
            case "$ref" -> node(root.at(rule.asString().substring(1)), value, place);
            case "const" -> require(rule.equals(value), place, "is not " + rule);
            case "enum" -> require(contains(rule, value), place, value + " is none of " + rule);
            case "minimum" -> require(value.asLong() >= rule.asLong(), place, "is less than " + rule);
            case "type" -> require(switch (rule.asString()) {
                case "object" -> value.isObject();
                case "array" -> value.isArray();
                case "string" -> value.isString();
                case "boolean" -> value.isBoolean();
                case "integer" -> value.isIntegralNumber();
                default -> throw new IllegalArgumentException("type " + rule);
            }, place, "is no " + rule);
            case "required" -> rule.forEach(name -> require(value.has(name.asString()), place, "has no " + name));
            case "properties" -> rule.propertyNames().forEach(name -> {
                if (value.has(name)) {
                    node(rule.get(name), value.get(name), place + "." + name);
                }
            });
            case "additionalProperties" -> value.propertyNames().forEach(name -> {
                if (!schema.path("properties").has(name)) {
                    if (rule.isBoolean()) {
                        require(rule.asBoolean(), place, "has " + name);
                    } else {
                        node(rule, value.get(name), place + "." + name);
                    }
                }
            });
            case "items" -> {
                for (int i = 0; i < value.size(); i++) {
                    node(rule, value.get(i), place + "[" + i + "]");
                }
            }
            default -> throw new IllegalArgumentException("keyword " + keyword);
        }
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        for (JsonNode one : array) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private void require(boolean right, String place, String message) {
        if (!right) {
            errors.add(place + " " + message);
        }
    }
}
