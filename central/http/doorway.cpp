#include "http/doorway.h"

#include <trantor/net/EventLoop.h>
#include <trantor/utils/MsgBuffer.h>

#include <cstring>

#include "base/log.h"
#include "http/head_gate.h"
#include "http/message.h"

namespace bangwu::http {
namespace {

constexpr double kSecondsToReadRefusal = 1.0;

/// The parser's own callback: the library sets it and gives no way to ask for it.
struct Parser : trantor::TcpConnection {
  static trantor::RecvMessageCallback of(trantor::TcpConnection& connection) {
    return connection.*(&Parser::recvMsgCallback_);
  }
};

const sockaddr_in6& raw(const trantor::InetAddress& peer) {
  return *reinterpret_cast<const sockaddr_in6*>(peer.getSockAddr());  // it keeps the larger of both kinds
}

std::string answer_to(const HeadFault& fault) {
  const Reply reply = to_reply({fault.status, fault.name, std::string(fault.detail), {}, {}});
  return "HTTP/1.1 " + std::to_string(reply.status) + " Refused\r\nContent-Type: " + reply.content_type +
         "\r\nContent-Length: " + std::to_string(reply.body.size()) +
         "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n" + reply.body;
}

void show_out(const trantor::TcpConnectionPtr& connection, const HeadFault& fault) {
  connection->send(answer_to(fault));
  connection->shutdown();
  connection->getLoop()->runAfter(kSecondsToReadRefusal, [weak = std::weak_ptr(connection)] {
    if (const auto open = weak.lock()) open->forceClose();
  });
}

/// What stands at one connection; used by its thread only.
struct Guard {
  trantor::RecvMessageCallback parser;
  std::shared_ptr<Visit> visit;
  HeadGate gate;
  std::size_t seen = 0;  ///< bytes of the buffer that passed the gate before and wait for more
  bool is_shut = false;

  void look(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer& buffer, base::SteadyTime now) {
    if (is_shut || gate.place() == HeadGate::Place::nowhere) return buffer.retrieveAll();
    const std::string_view fresh(buffer.peek() + seen, buffer.readableBytes() - seen);
    const auto bodies = gate.bodies_ended();
    const auto fault = gate.take(fresh);
    if (fault) {
      is_shut = true;
      buffer.retrieveAll();
      return show_out(connection, *fault);
    }
    buffer.unwrite(gate.unread());
    while (auto forwarded = gate.next_forwarded()) {
      if (visit) visit->forwarded_came(std::move(*forwarded));
    }
    if (visit) visit->body_came(fresh.size());
    parser(connection, &buffer);
    seen = buffer.readableBytes();
    if (!visit) return;
    const bool is_in_body = gate.place() == HeadGate::Place::body || gate.place() == HeadGate::Place::nowhere;
    if (gate.bodies_ended() > bodies && !is_in_body) visit->body_ended();
    if (gate.place() == HeadGate::Place::head) visit->head_began(now);
  }
};

}  // namespace

void Doorway::accepted(int socket) {
  if (connections_.accepted(socket)) return;
  if (const auto held_back = refused_.let_through(clock_.steady())) {
    base::log(base::LogLevel::warning, "http.connections_refused",
              {{"open", std::to_string(connections_.count())}, {"more", std::to_string(*held_back)}});
  }
}

void Doorway::changed(const trantor::TcpConnectionPtr& connection) {
  if (connection->connected()) stand_before_the_parser(connection);
  else connections_.closed(raw(connection->peerAddr()));
}

void Doorway::stand_before_the_parser(const trantor::TcpConnectionPtr& connection) {
  // As it comes a connection reads ten kilobytes at a time; a large file arrives faster by an eighth with these.
  constexpr std::size_t kReadAtOnce = 64U << 10;
  constexpr std::size_t kMostUntaken = 1U << 20;  // many times the largest answer
  trantor::MsgBuffer& buffer = *connection->getRecvBuffer();
  if (buffer.readableBytes() == 0) {
    trantor::MsgBuffer larger(kReadAtOnce);
    buffer.swap(larger);
  }
  auto guard = std::make_shared<Guard>();
  guard->parser = Parser::of(*connection);
  guard->visit = connections_.find(raw(connection->peerAddr()));
  // Who asks and asks and takes no answer would have them all kept here.
  connection->setHighWaterMarkCallback([](const trantor::TcpConnectionPtr& of, std::size_t) { of->forceClose(); },
                                       kMostUntaken);
  connection->setRecvMsgCallback([this, guard](const trantor::TcpConnectionPtr& of, trantor::MsgBuffer* came) {
    guard->look(of, *came, clock_.steady());
  });
}

std::shared_ptr<Visit> Doorway::visit_of(const trantor::InetAddress& peer) { return connections_.find(raw(peer)); }

Address address_of(const trantor::InetAddress& peer) {
  sockaddr_storage storage{};
  std::memcpy(&storage, &raw(peer), sizeof(sockaddr_in6));
  return address_of(storage);
}

void Doorway::sweep() {
  const std::size_t shut = connections_.sweep();
  if (shut == 0) return;
  if (const auto held_back = overdue_.let_through(clock_.steady())) {
    base::log(base::LogLevel::info, "http.connections_overdue",
              {{"shut", std::to_string(shut)}, {"more", std::to_string(*held_back)}});
  }
}

}  // namespace bangwu::http
