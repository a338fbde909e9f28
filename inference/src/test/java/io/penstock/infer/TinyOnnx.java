package io.penstock.infer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes small ONNX files, by hand: the few fields of the format that a graph of simple operators needs. */
final class TinyOnnx {

    static final int FLOAT = 1;
    static final int INT64 = 7;
    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;

    private final Message graph = new Message();

    /** A Protocol Buffers message. */
    private static final class Message {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes.toByteArray());
        }

        private Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7FL) != 0) {
                bytes.write((int) (left & 0x7F | 0x80));
                left >>>= 7;
            }
            bytes.write((int) left);
        }
    }

    /** An operator with inputs and one output. */
    TinyOnnx node(String operator, String output, String... inputs) {
        graph.message(1, nodeMessage(operator, output, inputs));
        return this;
    }

    /** An operator with an attribute that is a whole number. */
    TinyOnnx node(String operator, String attribute, long value, String output, String... inputs) {
        Message ofNode = nodeMessage(operator, output, inputs);
        ofNode.message(5, new Message().text(1, attribute).number(3, value).number(20, 2));
        graph.message(1, ofNode);
        return this;
    }

    private static Message nodeMessage(String operator, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    /** A constant vector. */
    TinyOnnx constant(String name, long... values) {
        Message tensor = new Message().number(1, values.length).number(2, INT64).text(8, name);
        for (long value : values) {
            tensor.number(7, value);
        }
        graph.message(5, tensor);
        return this;
    }

    /** @param shape -1 for a free dimension */
    TinyOnnx input(String name, int type, long... shape) {
        graph.message(11, value(name, type, shape));
        return this;
    }

    /** @param shape -1 for a free dimension */
    TinyOnnx output(String name, int type, long... shape) {
        graph.message(12, value(name, type, shape));
        return this;
    }

    private static Message value(String name, int type, long... shape) {
        Message dimensions = new Message();
        for (long size : shape) {
            dimensions.message(1, size < 0 ? new Message().text(2, "batch") : new Message().number(1, size));
        }
        Message tensor = new Message().number(1, type).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    byte[] bytes() {
        graph.text(2, "tiny");
        return new Message()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, OPSET))
                .bytes
                .toByteArray();
    }
}
