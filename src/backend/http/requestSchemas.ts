// Generated from openapi/assistants.yaml by `npm run generate`. Do not edit.
import type { Schema } from '@cfworker/json-schema';

/** Schemas of all request bodies, as one JSON Schema 2020-12 document. */
export const requestSchemas: { readonly $schema: string; readonly $defs: Readonly<Record<string, Schema>> } = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $defs: {
    "AssistantSupportedModels": {
      "type": "string",
      "enum": [
        "gpt-5",
        "gpt-5-mini",
        "gpt-5-nano",
        "gpt-5-2025-08-07",
        "gpt-5-mini-2025-08-07",
        "gpt-5-nano-2025-08-07",
        "gpt-4.1",
        "gpt-4.1-mini",
        "gpt-4.1-nano",
        "gpt-4.1-2025-04-14",
        "gpt-4.1-mini-2025-04-14",
        "gpt-4.1-nano-2025-04-14",
        "o3-mini",
        "o3-mini-2025-01-31",
        "o1",
        "o1-2024-12-17",
        "gpt-4o",
        "gpt-4o-2024-11-20",
        "gpt-4o-2024-08-06",
        "gpt-4o-2024-05-13",
        "gpt-4o-mini",
        "gpt-4o-mini-2024-07-18",
        "gpt-4.5-preview",
        "gpt-4.5-preview-2025-02-27",
        "gpt-4-turbo",
        "gpt-4-turbo-2024-04-09",
        "gpt-4-0125-preview",
        "gpt-4-turbo-preview",
        "gpt-4-1106-preview",
        "gpt-4-vision-preview",
        "gpt-4",
        "gpt-4-0314",
        "gpt-4-0613",
        "gpt-4-32k",
        "gpt-4-32k-0314",
        "gpt-4-32k-0613",
        "gpt-3.5-turbo",
        "gpt-3.5-turbo-16k",
        "gpt-3.5-turbo-0613",
        "gpt-3.5-turbo-1106",
        "gpt-3.5-turbo-0125",
        "gpt-3.5-turbo-16k-0613"
      ]
    },
    "AssistantTools": {
      "type": "array",
      "default": [],
      "maxItems": 128,
      "items": {
        "oneOf": [
          {
            "$ref": "#/$defs/AssistantToolsCode"
          },
          {
            "$ref": "#/$defs/AssistantToolsRetrieval"
          },
          {
            "$ref": "#/$defs/AssistantToolsFileSearch"
          },
          {
            "$ref": "#/$defs/AssistantToolsFunction"
          }
        ]
      }
    },
    "AssistantToolsCode": {
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "code_interpreter"
          ]
        }
      }
    },
    "AssistantToolsFileSearch": {
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "file_search"
          ]
        },
        "file_search": {
          "type": "object",
          "properties": {
            "max_num_results": {
              "type": "integer",
              "minimum": 1,
              "maximum": 50
            },
            "ranking_options": {
              "$ref": "#/$defs/FileSearchRankingOptions"
            }
          }
        }
      }
    },
    "AssistantToolsFileSearchTypeOnly": {
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "file_search"
          ]
        }
      }
    },
    "AssistantToolsFunction": {
      "type": "object",
      "required": [
        "type",
        "function"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "function"
          ]
        },
        "function": {
          "$ref": "#/$defs/FunctionObject"
        }
      }
    },
    "AssistantToolsRetrieval": {
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "retrieval"
          ]
        }
      }
    },
    "AssistantsApiResponseFormatOption": {
      "oneOf": [
        {
          "type": "string",
          "enum": [
            "none",
            "auto"
          ]
        },
        {
          "$ref": "#/$defs/ResponseFormatText"
        },
        {
          "$ref": "#/$defs/ResponseFormatJsonObject"
        },
        {
          "$ref": "#/$defs/ResponseFormatJsonSchema"
        }
      ]
    },
    "AssistantsApiToolChoiceOption": {
      "oneOf": [
        {
          "type": "string",
          "enum": [
            "none",
            "auto",
            "required"
          ]
        },
        {
          "$ref": "#/$defs/AssistantsNamedToolChoice"
        }
      ]
    },
    "AssistantsNamedToolChoice": {
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "function",
            "code_interpreter",
            "file_search",
            "retrieval"
          ]
        },
        "function": {
          "type": "object",
          "required": [
            "name"
          ],
          "properties": {
            "name": {
              "type": "string"
            }
          }
        }
      }
    },
    "AttributeFilter": {
      "anyOf": [
        {
          "$ref": "#/$defs/ComparisonFilter"
        },
        {
          "$ref": "#/$defs/CompoundFilter"
        }
      ]
    },
    "ChunkingStrategy": {
      "oneOf": [
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "type"
          ],
          "properties": {
            "type": {
              "type": "string",
              "enum": [
                "auto"
              ]
            }
          }
        },
        {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "type",
            "static"
          ],
          "properties": {
            "type": {
              "type": "string",
              "enum": [
                "static"
              ]
            },
            "static": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "max_chunk_size_tokens",
                "chunk_overlap_tokens"
              ],
              "properties": {
                "max_chunk_size_tokens": {
                  "type": "integer",
                  "minimum": 100,
                  "maximum": 4096
                },
                "chunk_overlap_tokens": {
                  "type": "integer"
                }
              }
            }
          }
        }
      ]
    },
    "ComparisonFilter": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "type",
        "key",
        "value"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "eq",
            "ne",
            "gt",
            "gte",
            "lt",
            "lte",
            "in",
            "nin"
          ]
        },
        "key": {
          "type": "string",
          "maxLength": 64
        },
        "value": {
          "anyOf": [
            {
              "type": "string"
            },
            {
              "type": "number"
            },
            {
              "type": "boolean"
            },
            {
              "type": "array",
              "items": {
                "anyOf": [
                  {
                    "type": "string"
                  },
                  {
                    "type": "number"
                  },
                  {
                    "type": "boolean"
                  }
                ]
              }
            }
          ]
        }
      }
    },
    "CompoundFilter": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "type",
        "filters"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "and",
            "or"
          ]
        },
        "filters": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/AttributeFilter"
          }
        }
      }
    },
    "CreateAssistantFileRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "file_id"
      ],
      "properties": {
        "file_id": {
          "type": "string"
        }
      }
    },
    "CreateAssistantRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "model"
      ],
      "properties": {
        "model": {
          "$ref": "#/$defs/Model"
        },
        "name": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 256
        },
        "description": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 512
        },
        "instructions": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 256000
        },
        "reasoning_effort": {
          "$ref": "#/$defs/ReasoningEffort"
        },
        "tools": {
          "$ref": "#/$defs/AssistantTools"
        },
        "file_ids": {
          "type": "array",
          "items": {
            "type": "string"
          },
          "maxItems": 20,
          "default": []
        },
        "tool_resources": {
          "$ref": "#/$defs/CreateToolResources"
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        },
        "temperature": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0,
          "maximum": 2,
          "default": 1
        },
        "top_p": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0,
          "maximum": 1,
          "default": 1
        },
        "response_format": {
          "anyOf": [
            {
              "$ref": "#/$defs/AssistantsApiResponseFormatOption"
            },
            {
              "type": "null"
            }
          ]
        }
      }
    },
    "CreateMessageRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "role",
        "content"
      ],
      "properties": {
        "role": {
          "type": "string",
          "enum": [
            "user",
            "assistant"
          ]
        },
        "content": {
          "oneOf": [
            {
              "type": "string",
              "minLength": 1,
              "maxLength": 256000
            },
            {
              "type": "array",
              "minItems": 1,
              "maxItems": 500,
              "items": {
                "oneOf": [
                  {
                    "$ref": "#/$defs/MessageContentImageFileObject"
                  },
                  {
                    "$ref": "#/$defs/MessageContentImageUrlObject"
                  },
                  {
                    "$ref": "#/$defs/MessageRequestContentTextObject"
                  }
                ]
              }
            }
          ]
        },
        "file_ids": {
          "type": "array",
          "items": {
            "type": "string"
          },
          "maxItems": 10,
          "default": []
        },
        "attachments": {
          "$ref": "#/$defs/MessageAttachments"
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        }
      }
    },
    "CreateRunRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "assistant_id"
      ],
      "properties": {
        "assistant_id": {
          "type": "string"
        },
        "model": {
          "anyOf": [
            {
              "$ref": "#/$defs/Model"
            },
            {
              "type": "null"
            }
          ]
        },
        "reasoning_effort": {
          "$ref": "#/$defs/ReasoningEffort"
        },
        "instructions": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 256000
        },
        "additional_instructions": {
          "type": [
            "string",
            "null"
          ]
        },
        "additional_messages": {
          "type": [
            "array",
            "null"
          ],
          "maxItems": 1000,
          "items": {
            "$ref": "#/$defs/CreateMessageRequest"
          }
        },
        "tools": {
          "anyOf": [
            {
              "$ref": "#/$defs/RunTools"
            },
            {
              "type": "null"
            }
          ]
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        },
        "temperature": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0,
          "maximum": 2,
          "default": 1
        },
        "top_p": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0,
          "maximum": 1,
          "default": 1
        },
        "stream": {
          "type": [
            "boolean",
            "null"
          ]
        },
        "max_prompt_tokens": {
          "type": [
            "integer",
            "null"
          ],
          "minimum": 256
        },
        "max_completion_tokens": {
          "type": [
            "integer",
            "null"
          ],
          "minimum": 256
        },
        "truncation_strategy": {
          "anyOf": [
            {
              "$ref": "#/$defs/TruncationObject"
            },
            {
              "type": "null"
            }
          ]
        },
        "tool_choice": {
          "anyOf": [
            {
              "$ref": "#/$defs/AssistantsApiToolChoiceOption"
            },
            {
              "type": "null"
            }
          ]
        },
        "parallel_tool_calls": {
          "$ref": "#/$defs/ParallelToolCalls"
        },
        "response_format": {
          "anyOf": [
            {
              "$ref": "#/$defs/AssistantsApiResponseFormatOption"
            },
            {
              "type": "null"
            }
          ]
        }
      }
    },
    "CreateThreadAndRunRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "assistant_id"
      ],
      "properties": {
        "assistant_id": {
          "type": "string"
        },
        "thread": {
          "$ref": "#/$defs/CreateThreadRequest"
        },
        "model": {
          "anyOf": [
            {
              "$ref": "#/$defs/Model"
            },
            {
              "type": "null"
            }
          ]
        },
        "instructions": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 256000
        },
        "tools": {
          "anyOf": [
            {
              "$ref": "#/$defs/RunTools"
            },
            {
              "type": "null"
            }
          ]
        },
        "tool_resources": {
          "$ref": "#/$defs/ToolResources"
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        },
        "temperature": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0,
          "maximum": 2,
          "default": 1
        },
        "top_p": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0,
          "maximum": 1,
          "default": 1
        },
        "stream": {
          "type": [
            "boolean",
            "null"
          ]
        },
        "max_prompt_tokens": {
          "type": [
            "integer",
            "null"
          ],
          "minimum": 256
        },
        "max_completion_tokens": {
          "type": [
            "integer",
            "null"
          ],
          "minimum": 256
        },
        "truncation_strategy": {
          "anyOf": [
            {
              "$ref": "#/$defs/TruncationObject"
            },
            {
              "type": "null"
            }
          ]
        },
        "tool_choice": {
          "anyOf": [
            {
              "$ref": "#/$defs/AssistantsApiToolChoiceOption"
            },
            {
              "type": "null"
            }
          ]
        },
        "parallel_tool_calls": {
          "$ref": "#/$defs/ParallelToolCalls"
        },
        "response_format": {
          "anyOf": [
            {
              "$ref": "#/$defs/AssistantsApiResponseFormatOption"
            },
            {
              "type": "null"
            }
          ]
        }
      }
    },
    "CreateThreadRequest": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "messages": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/CreateMessageRequest"
          },
          "maxItems": 1000
        },
        "tool_resources": {
          "$ref": "#/$defs/CreateToolResources"
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        }
      }
    },
    "CreateToolResources": {
      "type": [
        "object",
        "null"
      ],
      "properties": {
        "code_interpreter": {
          "type": "object",
          "properties": {
            "file_ids": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 20,
              "default": []
            }
          }
        },
        "file_search": {
          "type": "object",
          "properties": {
            "vector_store_ids": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 1
            },
            "vector_stores": {
              "type": "array",
              "maxItems": 1,
              "items": {
                "type": "object",
                "properties": {
                  "file_ids": {
                    "type": "array",
                    "items": {
                      "type": "string"
                    },
                    "maxItems": 10000
                  },
                  "chunking_strategy": {
                    "$ref": "#/$defs/ChunkingStrategy"
                  },
                  "expires_after": {
                    "$ref": "#/$defs/VectorStoreExpirationAfter"
                  },
                  "metadata": {
                    "$ref": "#/$defs/Metadata"
                  }
                }
              }
            }
          }
        }
      }
    },
    "CreateVectorStoreFileBatchRequest": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "file_ids": {
          "type": "array",
          "items": {
            "type": "string"
          },
          "minItems": 1,
          "maxItems": 2000
        },
        "files": {
          "type": "array",
          "minItems": 1,
          "maxItems": 2000,
          "items": {
            "$ref": "#/$defs/CreateVectorStoreFileRequest"
          }
        },
        "chunking_strategy": {
          "$ref": "#/$defs/ChunkingStrategy"
        },
        "attributes": {
          "$ref": "#/$defs/VectorStoreFileAttributes"
        }
      }
    },
    "CreateVectorStoreFileRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "file_id"
      ],
      "properties": {
        "file_id": {
          "type": "string"
        },
        "chunking_strategy": {
          "$ref": "#/$defs/ChunkingStrategy"
        },
        "attributes": {
          "$ref": "#/$defs/VectorStoreFileAttributes"
        }
      }
    },
    "CreateVectorStoreRequest": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "file_ids": {
          "type": "array",
          "items": {
            "type": "string"
          },
          "maxItems": 10000
        },
        "name": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 256
        },
        "description": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 512
        },
        "expires_after": {
          "$ref": "#/$defs/VectorStoreExpirationAfter"
        },
        "chunking_strategy": {
          "$ref": "#/$defs/ChunkingStrategy"
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        }
      }
    },
    "FileSearchRanker": {
      "type": "string",
      "enum": [
        "auto",
        "default_2024_08_21",
        "none"
      ]
    },
    "FileSearchRankingOptions": {
      "type": "object",
      "required": [
        "score_threshold"
      ],
      "properties": {
        "ranker": {
          "$ref": "#/$defs/FileSearchRanker"
        },
        "score_threshold": {
          "type": "number",
          "minimum": 0,
          "maximum": 1
        }
      }
    },
    "FunctionObject": {
      "type": "object",
      "required": [
        "name"
      ],
      "properties": {
        "description": {
          "type": "string"
        },
        "name": {
          "type": "string",
          "pattern": "^[A-Za-z0-9_-]{1,64}$"
        },
        "parameters": {
          "$ref": "#/$defs/FunctionParameters"
        },
        "strict": {
          "type": [
            "boolean",
            "null"
          ],
          "default": false
        }
      }
    },
    "FunctionParameters": {
      "type": "object",
      "additionalProperties": true
    },
    "MessageAttachments": {
      "type": [
        "array",
        "null"
      ],
      "maxItems": 100,
      "items": {
        "type": "object",
        "required": [
          "file_id",
          "tools"
        ],
        "properties": {
          "file_id": {
            "type": "string"
          },
          "tools": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "oneOf": [
                {
                  "$ref": "#/$defs/AssistantToolsCode"
                },
                {
                  "$ref": "#/$defs/AssistantToolsFileSearchTypeOnly"
                }
              ]
            }
          }
        }
      }
    },
    "MessageContentImageFileObject": {
      "type": "object",
      "required": [
        "type",
        "image_file"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "image_file"
          ]
        },
        "image_file": {
          "type": "object",
          "required": [
            "file_id"
          ],
          "properties": {
            "file_id": {
              "type": "string"
            },
            "detail": {
              "type": "string",
              "enum": [
                "auto",
                "low",
                "high"
              ],
              "default": "auto"
            }
          }
        }
      }
    },
    "MessageContentImageUrlObject": {
      "type": "object",
      "required": [
        "type",
        "image_url"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "image_url"
          ]
        },
        "image_url": {
          "type": "object",
          "required": [
            "url"
          ],
          "properties": {
            "url": {
              "type": "string",
              "format": "uri"
            },
            "detail": {
              "type": "string",
              "enum": [
                "auto",
                "low",
                "high"
              ],
              "default": "auto"
            }
          }
        }
      }
    },
    "MessageRequestContentTextObject": {
      "type": "object",
      "required": [
        "type",
        "text"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "text"
          ]
        },
        "text": {
          "type": "string",
          "minLength": 1,
          "maxLength": 256000
        }
      }
    },
    "Metadata": {
      "type": [
        "object",
        "null"
      ],
      "maxProperties": 16,
      "propertyNames": {
        "type": "string",
        "maxLength": 64
      },
      "additionalProperties": {
        "type": "string",
        "maxLength": 512
      }
    },
    "Model": {
      "anyOf": [
        {
          "type": "string"
        },
        {
          "$ref": "#/$defs/AssistantSupportedModels"
        }
      ]
    },
    "ModifyAssistantRequest": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "model": {
          "$ref": "#/$defs/Model"
        },
        "name": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 256
        },
        "description": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 512
        },
        "instructions": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 256000
        },
        "reasoning_effort": {
          "$ref": "#/$defs/ReasoningEffort"
        },
        "tools": {
          "$ref": "#/$defs/AssistantTools"
        },
        "file_ids": {
          "type": "array",
          "items": {
            "type": "string"
          },
          "maxItems": 20,
          "default": []
        },
        "tool_resources": {
          "$ref": "#/$defs/ToolResources"
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        },
        "temperature": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0,
          "maximum": 2,
          "default": 1
        },
        "top_p": {
          "type": [
            "number",
            "null"
          ],
          "minimum": 0,
          "maximum": 1,
          "default": 1
        },
        "response_format": {
          "anyOf": [
            {
              "$ref": "#/$defs/AssistantsApiResponseFormatOption"
            },
            {
              "type": "null"
            }
          ]
        }
      }
    },
    "ModifyMessageRequest": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "metadata": {
          "$ref": "#/$defs/Metadata"
        }
      }
    },
    "ModifyRunRequest": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "metadata": {
          "$ref": "#/$defs/Metadata"
        }
      }
    },
    "ModifyThreadRequest": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "tool_resources": {
          "$ref": "#/$defs/ToolResources"
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        }
      }
    },
    "ModifyVectorStoreFileRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "attributes"
      ],
      "properties": {
        "attributes": {
          "$ref": "#/$defs/VectorStoreFileAttributes"
        }
      }
    },
    "ModifyVectorStoreRequest": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "name": {
          "type": [
            "string",
            "null"
          ],
          "maxLength": 256
        },
        "expires_after": {
          "anyOf": [
            {
              "$ref": "#/$defs/VectorStoreExpirationAfter"
            },
            {
              "type": "null"
            }
          ]
        },
        "metadata": {
          "$ref": "#/$defs/Metadata"
        }
      }
    },
    "ParallelToolCalls": {
      "type": "boolean",
      "default": true
    },
    "ReasoningEffort": {
      "anyOf": [
        {
          "type": "string",
          "enum": [
            "none",
            "minimal",
            "low",
            "medium",
            "high",
            "xhigh",
            "max"
          ],
          "default": "medium"
        },
        {
          "type": "null"
        }
      ]
    },
    "ResponseFormatJsonObject": {
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "json_object"
          ]
        }
      }
    },
    "ResponseFormatJsonSchema": {
      "type": "object",
      "required": [
        "type",
        "json_schema"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "json_schema"
          ]
        },
        "json_schema": {
          "type": "object",
          "required": [
            "name"
          ],
          "properties": {
            "description": {
              "type": "string"
            },
            "name": {
              "type": "string"
            },
            "schema": {
              "$ref": "#/$defs/ResponseFormatJsonSchemaSchema"
            },
            "strict": {
              "type": [
                "boolean",
                "null"
              ],
              "default": false
            }
          }
        }
      }
    },
    "ResponseFormatJsonSchemaSchema": {
      "type": "object",
      "additionalProperties": true
    },
    "ResponseFormatText": {
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "text"
          ]
        }
      }
    },
    "RunTools": {
      "type": "array",
      "maxItems": 20,
      "items": {
        "oneOf": [
          {
            "$ref": "#/$defs/AssistantToolsCode"
          },
          {
            "$ref": "#/$defs/AssistantToolsRetrieval"
          },
          {
            "$ref": "#/$defs/AssistantToolsFileSearch"
          },
          {
            "$ref": "#/$defs/AssistantToolsFunction"
          }
        ]
      }
    },
    "SearchVectorStoreRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "query"
      ],
      "properties": {
        "query": {
          "anyOf": [
            {
              "type": "string",
              "minLength": 1,
              "maxLength": 4096
            },
            {
              "type": "array",
              "items": {
                "type": "string",
                "minLength": 1,
                "maxLength": 4096
              },
              "minItems": 1,
              "maxItems": 16
            }
          ]
        },
        "filters": {
          "$ref": "#/$defs/AttributeFilter"
        },
        "max_num_results": {
          "type": "integer",
          "minimum": 1,
          "maximum": 50,
          "default": 10
        },
        "ranking_options": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "ranker": {
              "type": "string",
              "enum": [
                "none",
                "auto",
                "default-2024-11-15"
              ],
              "default": "auto"
            },
            "score_threshold": {
              "type": "number",
              "minimum": 0,
              "maximum": 1,
              "default": 0
            }
          }
        },
        "rewrite_query": {
          "type": "boolean",
          "default": false
        }
      }
    },
    "SubmitToolOutputsRunRequest": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "tool_outputs"
      ],
      "properties": {
        "tool_outputs": {
          "type": "array",
          "maxItems": 1000,
          "items": {
            "type": "object",
            "properties": {
              "tool_call_id": {
                "type": "string"
              },
              "output": {
                "type": "string"
              }
            }
          }
        },
        "stream": {
          "type": [
            "boolean",
            "null"
          ]
        }
      }
    },
    "ToolResources": {
      "type": [
        "object",
        "null"
      ],
      "properties": {
        "code_interpreter": {
          "type": "object",
          "properties": {
            "file_ids": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 20,
              "default": []
            }
          }
        },
        "file_search": {
          "type": "object",
          "properties": {
            "vector_store_ids": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 1
            }
          }
        }
      }
    },
    "TruncationObject": {
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "auto",
            "last_messages"
          ],
          "default": "auto"
        },
        "last_messages": {
          "type": [
            "integer",
            "null"
          ],
          "minimum": 1
        }
      }
    },
    "VectorStoreExpirationAfter": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "anchor",
        "days"
      ],
      "properties": {
        "anchor": {
          "type": "string",
          "enum": [
            "last_active_at"
          ]
        },
        "days": {
          "type": "integer",
          "minimum": 1,
          "maximum": 365
        }
      }
    },
    "VectorStoreFileAttributes": {
      "type": [
        "object",
        "null"
      ],
      "maxProperties": 16,
      "propertyNames": {
        "type": "string",
        "maxLength": 64
      },
      "additionalProperties": {
        "anyOf": [
          {
            "type": "string",
            "maxLength": 512
          },
          {
            "type": "number"
          },
          {
            "type": "boolean"
          }
        ]
      }
    }
  },
};

/** Schema of the JSON body of each operation, as a reference into requestSchemas. */
export const requestSchemaRefs = {
  "createAssistant": {
    "$ref": "#/$defs/CreateAssistantRequest"
  },
  "createAssistantFile": {
    "$ref": "#/$defs/CreateAssistantFileRequest"
  },
  "createMessage": {
    "$ref": "#/$defs/CreateMessageRequest"
  },
  "createRun": {
    "$ref": "#/$defs/CreateRunRequest"
  },
  "createThread": {
    "$ref": "#/$defs/CreateThreadRequest"
  },
  "createThreadAndRun": {
    "$ref": "#/$defs/CreateThreadAndRunRequest"
  },
  "createVectorStore": {
    "$ref": "#/$defs/CreateVectorStoreRequest"
  },
  "createVectorStoreFile": {
    "$ref": "#/$defs/CreateVectorStoreFileRequest"
  },
  "createVectorStoreFileBatch": {
    "$ref": "#/$defs/CreateVectorStoreFileBatchRequest"
  },
  "modifyAssistant": {
    "$ref": "#/$defs/ModifyAssistantRequest"
  },
  "modifyMessage": {
    "$ref": "#/$defs/ModifyMessageRequest"
  },
  "modifyRun": {
    "$ref": "#/$defs/ModifyRunRequest"
  },
  "modifyThread": {
    "$ref": "#/$defs/ModifyThreadRequest"
  },
  "modifyVectorStore": {
    "$ref": "#/$defs/ModifyVectorStoreRequest"
  },
  "modifyVectorStoreFile": {
    "$ref": "#/$defs/ModifyVectorStoreFileRequest"
  },
  "searchVectorStore": {
    "$ref": "#/$defs/SearchVectorStoreRequest"
  },
  "submitToolOutputsToRun": {
    "$ref": "#/$defs/SubmitToolOutputsRunRequest"
  }
} as const;
