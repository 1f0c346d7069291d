#!/usr/bin/env python3
"""Say what two schemas really make of each other's bytes and JSON, with a real Protobuf runtime.

    python3 tests/matrix.py OLD.binpb NEW.binpb ROW... < SAME

OLD and NEW are descriptor sets that hold, for each ROW, a file `ROW.proto` with a message `M`.
SAME is a JSON object on stdin: for each row the names that mean one thing on both sides, old name
to new name. Fields and enum values that have one name on both sides mean the same anyway.

For each row a JSON object is printed on a line: the worst outcome for each encoding and direction
(`safe`, `loss`, `break`), and a value that comes to this.

- Every value is one that the writer's schema allows: a set is made from the schema, with the edges
  of each type, unset and explicitly zero fields, and pairs.
- `break`: the reader refuses it, or a field that the reader requires is missing.
- `loss`: it is accepted, and something that the reader's schema knows differs from what was
  written; or the new reader has dropped the field; or an old reader does not see which member of a
  oneof is set.
- A field that an old reader does not know yet stays among its unknown fields: `safe`.
"""

import itertools
import json
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.descriptor import FieldDescriptor as F

SAFE, LOSS, BREAK = "safe", "loss", "break"
ORDER = [SAFE, LOSS, BREAK]
SIGNED = {F.CPPTYPE_INT32: 32, F.CPPTYPE_INT64: 64}
UNSIGNED = {F.CPPTYPE_UINT32: 32, F.CPPTYPE_UINT64: 64}
# Deep enough for what the rows nest; recursive messages end there.
MAX_DEPTH = 3


def main(arguments):
    old, new = (load(path) for path in arguments[:2])
    same_of = json.load(sys.stdin)
    for row in arguments[2:]:
        same = same_of.get(row, {})
        old_message, new_message = (pool.FindMessageTypeByName(f"p_{row}.M") for pool in (old, new))
        to_new = Direction(old, new, old_message, new_message, same, True)
        back = {theirs: ours for ours, theirs in same.items()}
        to_old = Direction(new, old, new_message, old_message, back, False)
        told = {"row": row}
        for encoding in ("binary", "json"):
            told[encoding] = {"old_to_new": to_new.worst(encoding), "new_to_old": to_old.worst(encoding)}
        print(json.dumps(told, ensure_ascii=True), flush=True)
    return 0


def load(path):
    """The pool of a descriptor set; what other tools add to it is ignored."""
    with open(path, "rb") as source:
        files = descriptor_pb2.FileDescriptorSet.FromString(source.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return pool


class Direction:
    """One side writes, the other reads."""

    def __init__(self, writer_pool, reader_pool, writer, reader, same, writer_is_old):
        self.writer_pool = writer_pool
        self.reader_pool = reader_pool
        self.writer = message_factory.GetMessageClass(writer)
        self.reader = message_factory.GetMessageClass(reader)
        self.same = same
        self.writer_is_old = writer_is_old

    def worst(self, encoding):
        """The worst outcome and a value that comes to it."""
        worst, example = SAFE, None
        for value in values(self.writer.DESCRIPTOR, self.writer_pool):
            if not value.IsInitialized():
                continue
            outcome, form = getattr(self, encoding)(value)
            if ORDER.index(outcome) > ORDER.index(worst):
                worst, example = outcome, form
        if encoding == "binary" and worst != BREAK:
            for raw in raw_values(self.writer):
                if not self.reads(raw):
                    return [BREAK, raw.hex()]
        return [worst, example]

    def reads(self, raw):
        try:
            return self.reader.FromString(raw).IsInitialized()
        except Exception:  # The runtime has several classes for this.
            return False

    def binary(self, value):
        raw = value.SerializeToString(deterministic=True)
        try:
            read = self.reader.FromString(raw)
        except Exception:
            return BREAK, raw.hex()
        if not read.IsInitialized():
            return BREAK, raw.hex()
        return self.judge(value, read, False), raw.hex()

    def json(self, value):
        try:
            text = json_format.MessageToJson(value, indent=None, descriptor_pool=self.writer_pool)
        except Exception:
            # Nothing that can be written cannot be misread.
            return SAFE, None
        read = self.reader()
        try:
            json_format.Parse(text, read, descriptor_pool=self.reader_pool)
        except Exception:
            return BREAK, text
        if not read.IsInitialized():
            return BREAK, text
        return self.judge(value, read, True), text

    def judge(self, written, read, is_json):
        return SAFE if self.message_alike(written, read, is_json) else LOSS

    # --- Whether what was read is what was written ---

    def counterpart(self, field, reader):
        """The reader's field of one meaning with a writer's field."""
        if field.is_extension:
            name = self.same.get(field.full_name, field.full_name)
            try:
                return self.reader_pool.FindExtensionByName(name)
            except KeyError:
                return None
        return reader.fields_by_name.get(self.same.get(field.name, field.name))

    def message_alike(self, written, read, is_json):
        seen = set()
        fields = list(written.DESCRIPTOR.fields) + [f for f, _ in written.ListFields() if f.is_extension]
        for field in fields:
            other = self.counterpart(field, read.DESCRIPTOR)
            if other is None:
                if self.is_missed(field, written, read.DESCRIPTOR):
                    return False
                continue
            seen.add(other.full_name)
            if not self.field_alike(field, written, other, read, is_json):
                return False
        # What nobody wrote with this meaning was made from something else.
        return all(field.full_name in seen for field, _ in read.ListFields())

    def is_missed(self, field, written, reader):
        """Whether a reader without this field loses it."""
        if not is_set(field, written):
            return False
        if self.writer_is_old:
            return True
        oneof = field.containing_oneof
        if oneof is None:
            return False
        known = (self.counterpart(member, reader) for member in oneof.fields)
        return any(member is not None and member.containing_oneof is not None for member in known)

    def field_alike(self, field, written, other, read, is_json):
        ours, theirs = elements(field, written), elements(other, read)
        if is_many(field) or is_many(other):
            if is_map(field) or is_map(other):
                return self.entries_alike(field, ours, other, theirs, is_json)
            # One and many: what is not there is nothing, or a zero that cannot be told from it.
            return len(ours) == len(theirs) and all(
                self.value_alike(field, a, other, b, is_json) for a, b in zip(ours, theirs)
            )
        if field.has_presence:
            was = written.HasField(field.name) if not field.is_extension else written.HasExtension(field)
            if other.has_presence:
                if was != (read.HasField(other.name) if not other.is_extension else read.HasExtension(other)):
                    return False
            elif was != bool(theirs):
                return False
        if field.cpp_type == F.CPPTYPE_MESSAGE or other.cpp_type == F.CPPTYPE_MESSAGE:
            if not ours or not theirs:
                return not ours and not theirs
            return self.value_alike(field, ours[0], other, theirs[0], is_json)
        mine, theirs = container(field, written), container(other, read)
        return self.value_alike(field, mine, other, theirs, is_json)

    def entries_alike(self, field, ours, other, theirs, is_json):
        """Maps, and repeated messages that stand for maps: the order is nobody's business."""
        if len(ours) != len(theirs):
            return False
        left = list(theirs)
        for mine in ours:
            match = next((e for e in left if self.entry_alike(field, mine, other, e, is_json)), None)
            if match is None:
                return False
            left.remove(match)
        return True

    def entry_alike(self, field, mine, other, theirs, is_json):
        one, two = field.message_type, other.message_type
        if one is None or two is None:
            return False
        (key, value), (their_key, their_value) = parts(mine), parts(theirs)
        named = (one.fields_by_name["value"], two.fields_by_name["value"])
        # Keys are always texts in JSON.
        same_key = str(key).lower() == str(their_key).lower() if is_json else key == their_key
        return same_key and self.value_alike(named[0], value, named[1], their_value, is_json)

    def value_alike(self, field, mine, other, theirs, is_json):
        is_message = (field.cpp_type == F.CPPTYPE_MESSAGE, other.cpp_type == F.CPPTYPE_MESSAGE)
        if all(is_message):
            one, two = field.message_type.full_name, other.message_type.full_name
            if one.startswith("google.protobuf.") or two.startswith("google.protobuf."):
                return one == two and mine == theirs if not is_json else self.same_json(mine, theirs)
            return self.message_alike(mine, theirs, is_json)
        if any(is_message):
            # Well-known types are scalars in JSON; on the wire a message is its bytes.
            return self.same_json(mine, theirs) if is_json else wire(mine) == wire(theirs)
        if not mine and not theirs and F.CPPTYPE_ENUM not in (field.cpp_type, other.cpp_type):
            # Zeros of different types stand for what is not there.
            return True
        if is_json and field.cpp_type == F.CPPTYPE_FLOAT and other.cpp_type == F.CPPTYPE_DOUBLE:
            # The text is the shortest that means this float, and another double.
            return struct.pack("f", mine) == struct.pack("f", theirs)
        if field.cpp_type == F.CPPTYPE_ENUM and other.cpp_type == F.CPPTYPE_ENUM:
            return self.enum_alike(field, mine, other, theirs)
        if field.type == F.TYPE_STRING and other.type == F.TYPE_BYTES:
            return mine.encode() == theirs
        if field.type == F.TYPE_BYTES and other.type == F.TYPE_STRING:
            return mine == theirs.encode()
        if isinstance(mine, str) != isinstance(theirs, str):
            return str(mine) == str(theirs)
        if mine != mine:
            return theirs != theirs
        return mine == theirs

    def same_json(self, mine, theirs):
        return plain(mine, self.writer_pool) == plain(theirs, self.reader_pool)

    def enum_alike(self, field, mine, other, theirs):
        names = {self.same.get(v.name, v.name) for v in field.enum_type.values if v.number == mine}
        their_names = {v.name for v in other.enum_type.values if v.number == theirs}
        if names and their_names:
            return bool(names & their_names)
        # A number without a name is kept, unless what it means has another number there.
        known = {value.name for value in other.enum_type.values}
        return mine == theirs and not names & known


def plain(value, pool):
    """A value as it stands in JSON."""
    if hasattr(value, "DESCRIPTOR"):
        return json.loads(json_format.MessageToJson(value, indent=None, descriptor_pool=pool))
    return value


def wire(value):
    """The bytes of what is written with a length; nothing for what is not."""
    if hasattr(value, "DESCRIPTOR"):
        return value.SerializeToString(deterministic=True)
    return value.encode() if isinstance(value, str) else value


def is_map(field):
    return field.cpp_type == F.CPPTYPE_MESSAGE and field.message_type.GetOptions().map_entry


def is_many(field):
    return getattr(field, "is_repeated", False)


def container(field, message):
    return message.Extensions[field] if field.is_extension else getattr(message, field.name)


def is_set(field, message):
    if is_many(field):
        return len(container(field, message)) > 0
    if field.is_extension:
        return message.HasExtension(field)
    if field.has_presence:
        return message.HasField(field.name)
    return bool(container(field, message))


def elements(field, message):
    """The values of a field as a list: none when it is unset."""
    if not is_set(field, message):
        return []
    held = container(field, message)
    if is_map(field):
        return list(held.items())
    return list(held) if is_many(field) else [held]


def parts(entry):
    """Key and value of a map's item, or of a message that stands for one."""
    return entry if isinstance(entry, tuple) else (entry.key, entry.value)


# --- Values that a schema allows ---


def values(descriptor, pool, depth=0):
    """Messages: nothing set, each field at each of its edges, and everything set."""
    make = message_factory.GetMessageClass(descriptor)
    extensions = list(pool.FindAllExtensions(descriptor))
    choices = [(f, candidates(f, pool, depth)) for f in list(descriptor.fields) + extensions]
    needed = [(f, c[-1]) for f, c in choices if getattr(f, "is_required", False) and c]
    made = [[]]
    for field, found in choices:
        made += [[(field, one)] for one in found]
    for (one, firsts), (two, seconds) in itertools.combinations(choices, 2):
        if firsts and seconds:
            made.append([(one, firsts[-1]), (two, seconds[-1])])
            made.append([(two, seconds[-1]), (one, firsts[-1])])
    made.append([(f, c[-1]) for f, c in choices if c])
    for assignments in made:
        message = make()
        for field, value in needed + assignments:
            put(message, field, value)
        yield message


def put(message, field, value):
    if is_map(field):
        held = container(field, message)
        for key, one in value:
            if field.message_type.fields_by_name["value"].cpp_type == F.CPPTYPE_MESSAGE:
                held[key].CopyFrom(one)
            else:
                held[key] = one
    elif is_many(field):
        del container(field, message)[:]
        container(field, message).extend(value)
    elif field.cpp_type == F.CPPTYPE_MESSAGE:
        container(field, message).CopyFrom(value)
        container(field, message).SetInParent()
    elif field.is_extension:
        message.Extensions[field] = value
    else:
        setattr(message, field.name, value)


def candidates(field, pool, depth):
    """What a field may hold; the last one is never what an unset field reads as."""
    if is_map(field):
        keys = scalars(field.message_type.fields_by_name["key"])
        held = singles(field.message_type.fields_by_name["value"], pool, depth)
        pairs = [[(key, held[-1])] for key in keys] + [[(keys[-1], one)] for one in held]
        return [pair for pair in pairs] + [[(keys[0], held[0]), (keys[-1], held[-1])]] if held else []
    ones = singles(field, pool, depth)
    if not is_many(field) or not ones:
        return ones
    lists = [[one] for one in ones] + [[ones[0], ones[-1]], [ones[-1], ones[-1]]]
    # Two entries of one key, for messages that stand for maps.
    return lists + [[ones[-1], ones[0]], ones[-1:]]


def singles(field, pool, depth):
    if field.cpp_type != F.CPPTYPE_MESSAGE:
        return scalars(field)
    if depth >= MAX_DEPTH:
        return []
    found = [one for one in values(field.message_type, pool, depth + 1) if one.IsInitialized()]
    # Empty, some edges, and everything: all of them would multiply.
    return found[:40] + found[-1:]


def scalars(field):
    kind = field.cpp_type
    if kind in SIGNED:
        top = 1 << (SIGNED[kind] - 1)
        return [0, 1, -1, -top, top - 1, 300, 5]
    if kind in UNSIGNED:
        return [0, 1, (1 << UNSIGNED[kind]) - 1, 1 << (UNSIGNED[kind] - 1), 300, 5]
    if kind == F.CPPTYPE_DOUBLE:
        return [0.0, 1.0, -1.0, 1e300, 0.1, 5.0]
    if kind == F.CPPTYPE_FLOAT:
        return [0.0, 1.0, -1.0, 3.0e38, 0.5, 5.0]
    if kind == F.CPPTYPE_BOOL:
        return [False, True]
    if kind == F.CPPTYPE_ENUM:
        numbers = [value.number for value in field.enum_type.values]
        return ([] if field.enum_type.is_closed else [77, -1]) + numbers + numbers[-1:]
    if field.type == F.TYPE_BYTES:
        return [b"", b"abc", b"\xff\xfe", b"\x08\x01", b"\x0a\x05ab", b"5", b"AQID"]
    # The long one has a length of two bytes, which are no UTF-8 where they are taken for a text.
    return ["", "abc", "5", "hi", "AQID", "long " * 40, "1970-01-01T00:00:01Z", "k"]


def raw_values(writer):
    """Bytes that are no UTF-8, in those texts that the writer's schema does not check."""
    for field in writer.DESCRIPTOR.fields:
        if field.type == F.TYPE_STRING and not is_many(field):
            raw = bytes([field.number << 3 | 2, 2, 0xFF, 0xFE])
            try:
                writer.FromString(raw)
            except Exception:
                continue
            yield raw


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
